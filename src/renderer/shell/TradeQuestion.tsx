import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ConfirmationView } from '../../shared/contract/confirmation.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import { useApi } from '../api/apiContext.ts';
import { replyOf } from '../api/apiError.ts';
import { settledIn, withdrawnIn } from '../live/liveDesk.ts';
import { useConnectionKind, useLive } from '../live/liveStore.ts';
import { useNow } from '../live/useNow.ts';
import { act, useUnderWay } from './acts.ts';
import { toldBeside } from './notices.ts';
import { TradeQuestionCard } from './TradeQuestionCard.tsx';
import { useArmed } from './useArmed.ts';

interface TradeQuestionProps {
  readonly question: ConfirmationView;
  /** Puts it aside, unanswered: a banner goes on asking. */
  readonly onAside: () => void;
}

/** Answered with one of these, there is nothing left to answer. */
const OVER: ReadonlySet<ErrorReply['code']> = new Set([
  'CONFIRMATION_UNKNOWN',
  'CONFIRMATION_EXPIRED',
  'CONFIRMATION_USED',
  'CONFIRMATION_DECLINED',
]);
/** Longer than a click or a key that was meant for something else. */
const ARMED_AFTER_MS = 1_000;

/** Asks about one trade, over whatever the user looks at. */
export default function TradeQuestion({ question, onAside }: TradeQuestionProps) {
  return (
    <Modal
      opened
      onClose={onAside}
      title="Confirm this trade?"
      size={560}
      // Over any other dialog, and never closed by a click that was meant for the page.
      zIndex={300}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Decide later: it stays open until its time is over' }}
    >
      {/* Another trade is another question: nothing that was pressed for the one before counts for it. */}
      <Question key={question.confirmationId} question={question} />
    </Modal>
  );
}

function Question({ question }: { readonly question: ConfirmationView }) {
  const { confirmationId, expiresAt } = question;
  const api = useApi();
  const now = useNow();
  const connected = useConnectionKind() === 'open';
  const armed = useArmed(confirmationId, ARMED_AFTER_MS);
  const [refusal, setRefusal] = useState<ErrorReply | null>(null);
  const [confirming, declining] = [`confirm ${confirmationId}`, `decline ${confirmationId}`];
  const [isConfirming, isDeclining] = [useUnderWay(confirming), useUnderWay(declining)];
  const answering = isConfirming ? 'confirm' : isDeclining ? 'decline' : null;
  const isOver = now >= expiresAt && answering === null;
  useEffect(() => {
    // The program says so too, where it can be heard.
    if (isOver) useLive.setState(({ desk }) => ({ desk: settledIn(desk, confirmationId, 'expired') }));
  }, [isOver, confirmationId]);
  const answer = (name: string, command: 'CONFIRM_TRADE' | 'DECLINE_TRADE'): void =>
    void act(name, 'The trade did not go as it was confirmed', async () => {
      setRefusal(null);
      try {
        const { confirmation } = await api.send(command, { confirmationId });
        if (confirmation.answer === 'none') return;
        const { answer: given } = confirmation;
        useLive.setState(({ desk }) => ({ desk: settledIn(desk, confirmationId, given) }));
      } catch (error) {
        const told = replyOf(error);
        if (OVER.has(told.code))
          useLive.setState(({ desk }) => ({ desk: withdrawnIn(desk, confirmationId) }));
        const isOpen = useLive.getState().desk.open.some((one) => one.confirmationId === confirmationId);
        // Where the question has closed, there is nothing left to say it beside.
        if (!isOpen) throw error;
        toldBeside(told.message);
        setRefusal(told);
      }
    });
  return (
    <TradeQuestionCard
      question={question}
      now={now}
      armed={armed}
      answering={answering}
      connected={connected}
      refusal={refusal}
      onConfirm={() => answer(confirming, 'CONFIRM_TRADE')}
      onDecline={() => answer(declining, 'DECLINE_TRADE')}
    />
  );
}

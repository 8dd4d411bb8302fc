import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconClock } from '@tabler/icons-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { ConfirmationView } from '../../shared/contract/confirmation.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import { ERROR_WORDS } from '../../shared/words/errorWords.ts';
import { dollarWords } from '../../shared/words/amountWords.ts';
import { exactText } from '../components/exactText.ts';
import { ModeBadge } from '../components/ModeBadge.tsx';
import { SideTag } from '../screens/trade/SideTag.tsx';
import { PlaceLine } from '../screens/live/PlaceLine.tsx';
import { secondsLeft } from './questionWords.ts';
import styles from './TradeQuestion.module.css';

export interface TradeQuestionCardProps {
  readonly question: ConfirmationView;
  /** The present, Unix ms. */
  readonly now: number;
  /** False while a press could still be meant for what stood here before. */
  readonly armed: boolean;
  readonly answering: 'confirm' | 'decline' | null;
  readonly connected: boolean;
  readonly refusal: ErrorReply | null;
  readonly onConfirm: () => void;
  readonly onDecline: () => void;
}

/** Under so many seconds the rest is also said. */
const SOON_S = 10;

/** Exactly the trade that is asked about, how long there is, and the two answers. */
export function TradeQuestionCard(props: TradeQuestionCardProps) {
  const { question, now, armed, answering, connected, refusal, onConfirm, onDecline } = props;
  const { place, because, legs, worth, askedAt, expiresAt } = question;
  const left = secondsLeft(question, now);
  const share = Math.min(1, Math.max(0, (expiresAt - now) / Math.max(1, expiresAt - askedAt)));
  const once =
    (answer: () => void) =>
    // The second click of a double click is no answer of its own.
    ({ detail }: MouseEvent): void => {
      if (armed && detail <= 1 && answering === null) answer();
    };
  return (
    <div className={styles.card} onKeyDown={ignoreHeld}>
      <div className={styles.place}>
        <ModeBadge mode="live" />
        <PlaceLine {...place} />
      </div>
      <table className={styles.legs}>
        <caption>
          <VisuallyHidden>The trade, in the order in which it is sent</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">Side</th>
            <th scope="col">Market</th>
            <th scope="col">Size</th>
            <th scope="col">Price limit</th>
          </tr>
        </thead>
        <tbody>
          {legs.map(({ market, side, size, limitPrice, reduceOnly }) => (
            <tr key={`${market} ${side}`}>
              <td>
                <SideTag side={side} />
              </td>
              <td>
                {market}
                {reduceOnly ? <span className={styles.only}>reduce only</span> : null}
              </td>
              <td className={styles.number}>{exactText(size, '')}</td>
              <td className={styles.number}>
                <span className={styles.bound}>{side === 'buy' ? 'at most' : 'at least'}</span>{' '}
                {exactText(limitPrice, '$', 2)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {legs.length === 1 ? 'Worth' : 'Worth, both legs together'}
            </th>
            <td className={styles.worth}>{dollarWords(worth)}</td>
          </tr>
        </tfoot>
      </table>
      <p className={styles.because}>{because}</p>
      <div className={styles.time} data-soon={left <= SOON_S || undefined}>
        <IconClock size={16} aria-hidden />
        <span className={styles.left}>{left} s left</span>
        <span className={styles.track} aria-hidden>
          <span className={styles.rest} style={{ transform: `scaleX(${share.toFixed(3)})` }} />
        </span>
        <VisuallyHidden role="status">
          {left <= SOON_S && left > 0 ? `${SOON_S} seconds or less are left` : ''}
        </VisuallyHidden>
      </div>
      <p className={styles.meaning}>
        {connected
          ? 'Confirmed, exactly this is sent, once. Declined or left alone, it is not made.'
          : 'The connection to the program is lost: an answer cannot be sent. Left alone, the trade is not made.'}
      </p>
      {refusal === null ? null : (
        <p className={styles.refusal} role="alert">
          {refusal.message} {ERROR_WORDS[refusal.code].money} ({refusal.code})
        </p>
      )}
      <Group justify="flex-end" gap="sm">
        <Button
          data-autofocus
          variant="default"
          loading={answering === 'decline'}
          disabled={!connected || answering === 'confirm'}
          onClick={once(onDecline)}
        >
          Decline
        </Button>
        <Button
          color="live"
          leftSection={<IconCircleCheck size={16} aria-hidden />}
          loading={answering === 'confirm'}
          disabled={!connected || !armed || answering !== null || left === 0}
          onClick={once(onConfirm)}
        >
          Confirm, {dollarWords(worth)}
        </Button>
      </Group>
    </div>
  );
}

/** A key that is held down was pressed for something else. */
function ignoreHeld(event: KeyboardEvent): void {
  if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
}

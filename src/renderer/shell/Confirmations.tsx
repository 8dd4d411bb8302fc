import { lazy, Suspense, useEffect, useRef } from 'react';
import { useLive } from '../live/liveStore.ts';
import { putAside, useAsideIds } from './asideStore.ts';
import { loadTradeQuestion } from './chunks.ts';
import { sayDone } from './notices.ts';
import { settledWords } from './questionWords.ts';
import { ScreenFrame } from './ScreenFrame.tsx';

const TradeQuestion = lazy(loadTradeQuestion);

/** Asks about the oldest trade that waits for an answer, and says how each question ended. */
export function Confirmations() {
  const aside = useAsideIds();
  const question = useLive(({ desk }) => desk.open.find(({ confirmationId }) => !aside.has(confirmationId)));
  const settled = useLive(({ desk }) => desk.settled);
  const said = useRef(settled);
  useEffect(() => {
    if (settled === said.current) return;
    said.current = settled;
    if (settled !== null) sayDone(settledWords(settled));
  }, [settled]);
  if (question === undefined) return null;
  return (
    <ScreenFrame name="confirmation">
      <Suspense fallback={null}>
        <TradeQuestion question={question} onAside={() => putAside(question.confirmationId)} />
      </Suspense>
    </ScreenFrame>
  );
}

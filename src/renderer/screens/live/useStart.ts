import { useState } from 'react';
import type { PayloadOf } from '../../../shared/contract/commands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { sayDone, toldBeside } from '../../shell/notices.ts';
import { useIsHere } from '../../shell/useIsHere.ts';
import { goTo } from '../../shell/useScreen.ts';
import { VENUE } from './venueWords.ts';

type Live = NonNullable<PayloadOf<'START_ENGINE'>['live']>;
type Trading = Extract<Live, { purpose: 'trading' }>;

interface Start {
  readonly busy: boolean;
  readonly failure: ErrorReply | null;
  readonly trade: (subAccount: number, live: Trading) => void;
  /** @param owner whose account is only looked at */
  readonly watch: (owner: string, subAccount: number) => void;
}

const STARTING = 'go live';

/** The last step: the engine goes live. What is refused stays where it was asked. */
export function useStart(): Start {
  const api = useApi();
  const isHere = useIsHere();
  const busy = useUnderWay(STARTING);
  const [failure, setFailure] = useState<ErrorReply | null>(null);
  const start = (subAccount: number, live: Live, done: string): void =>
    void act(STARTING, 'The engine was not started', async () => {
      setFailure(null);
      try {
        await api.send('START_ENGINE', { engine: 'funding', mode: 'live', venue: VENUE, subAccount, live });
      } catch (error) {
        if (!isHere()) throw error;
        const told = replyOf(error);
        toldBeside(told.message);
        setFailure(told);
        return;
      }
      api.refresh();
      sayDone(done);
      goTo('dashboard');
    });
  return {
    busy,
    failure,
    trade: (subAccount, live) =>
      start(subAccount, live, 'The engine is live. It syncs with the chain before it trades.'),
    watch: (owner, subAccount) =>
      start(subAccount, { purpose: 'monitoring', owner }, 'The account is watched. Nothing can be traded.'),
  };
}

import { useEffect, useRef, useState } from 'react';
import type { MarketSource } from '../../../shared/contract/commands/vaultCommands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { ApiClient } from '../../api/apiClient.ts';
import { useApi } from '../../api/apiContext.ts';
import { ApiError, replyOf } from '../../api/apiError.ts';
import { sendMarketFile, type MarketFileKind } from '../../api/marketFile.ts';
import { act } from '../../shell/acts.ts';
import { sayFailed } from '../../shell/notices.ts';
import type { MarketKind } from './startChoices.ts';

/** What a new vault begins with. */
export interface Beginning {
  /** A plain decimal. */
  readonly capital: string;
  readonly market: MarketKind;
  readonly seed: number;
  readonly candles: File | null;
  readonly funding: File | null;
}

interface Progress {
  readonly step: string;
  readonly share: number;
}

export interface Begun {
  readonly begin: (beginning: Beginning) => void;
  /** Starts the engine on the vault that stands ready. */
  readonly skip: () => void;
  /** Null while nothing is under way. */
  readonly progress: Progress | null;
  readonly failure: { readonly title: string; readonly error: ErrorReply } | null;
  /** Something else is wanted now: what went wrong before is beside the point. */
  readonly forget: () => void;
}

type Sender = Pick<ApiClient, 'send'>;

/** Makes the vault that was asked for, and starts the engine on it. What its screen outlives goes no further. */
export function useBegin(): Begun {
  const api = useApi();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<Begun['failure']>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const run = async (beginning: Beginning): Promise<void> => {
    let title = 'The market was not taken';
    let made = false;
    const sender = sendingUntil(api, () => gone.current);
    setFailure(null);
    try {
      const market = await marketOf(sender, beginning, setProgress);
      title = 'The vault was not made';
      setProgress({ step: 'Making the vault…', share: 1 });
      const { capital } = beginning;
      await sender.send('VAULT_RESET', { engine: 'funding', capital, market, onlyIfFirstRun: true });
      made = true;
      title = 'The engine was not started';
      // The new vault may have ended the first run, and this screen, already.
      await api.send('START_ENGINE', { engine: 'funding', mode: 'paper' });
      api.refresh();
    } catch (error) {
      if (gone.current && !made) return;
      const reply = replyOf(error);
      if (gone.current || reply.code === 'ENGINE_ALREADY_RUNNING') {
        // What there is now is shown, as soon as the program says what it is; where others have begun, theirs.
        sayFailed(title, error);
        api.refresh();
      } else setFailure({ title, error: reply });
    } finally {
      setProgress(null);
    }
  };
  return {
    // One name with "Skip": whichever is clicked first, the other waits.
    begin: (beginning) => void act('start', 'The engine was not started', () => run(beginning)),
    skip: () =>
      void act('start', 'The engine was not started', async () => {
        try {
          await api.send('START_ENGINE', { engine: 'funding', mode: 'paper' });
        } finally {
          // Also where somebody else has started it: then this is no first run any more.
          api.refresh();
        }
      }),
    progress,
    failure,
    forget: () => setFailure(null),
  };
}

/** Sends nothing more once its time is over. */
function sendingUntil(api: Sender, isOver: () => boolean): Sender {
  return {
    send: (command, payload) =>
      isOver()
        ? Promise.reject(new ApiError({ code: 'INTERNAL', message: 'This was called off.', details: {} }))
        : api.send(command, payload),
  };
}

async function marketOf(
  api: Sender,
  { market, seed, candles, funding }: Beginning,
  tell: (progress: Progress) => void,
): Promise<MarketSource> {
  if (market === 'simulated' || candles === null || funding === null) return { kind: 'simulated', seed };
  const sent = async (kind: MarketFileKind, file: File, step: string): Promise<string> => {
    tell({ step, share: 0 });
    const onProgress = (share: number): void => tell({ step, share });
    const { sha256 } = await sendMarketFile({ api, upload: crypto.randomUUID(), kind, file, onProgress });
    return sha256;
  };
  return {
    kind: 'recorded',
    candles: await sent('candles', candles, 'Reading the candles…'),
    funding: await sent('funding', funding, 'Reading the funding…'),
  };
}

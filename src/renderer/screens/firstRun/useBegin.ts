import { useState } from 'react';
import type { MarketSource } from '../../../shared/contract/commands/vaultCommands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { ApiClient } from '../../api/apiClient.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { sendMarketFile, type MarketFileKind } from '../../api/marketFile.ts';
import type { MarketKind } from './startChoices.ts';

/** What a new vault begins with. */
export interface Beginning {
  readonly capital: string;
  readonly market: MarketKind;
  readonly seed: string;
  readonly candles: File | null;
  readonly funding: File | null;
}

interface Progress {
  readonly step: string;
  readonly share: number;
}

interface Begun {
  readonly begin: (beginning: Beginning) => void;
  /** Null while nothing is under way. */
  readonly progress: Progress | null;
  readonly failure: { readonly title: string; readonly error: ErrorReply } | null;
}

/** Makes the vault that was asked for, and starts the engine on it. */
export function useBegin(): Begun {
  const api = useApi();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<Begun['failure']>(null);
  const run = async (beginning: Beginning): Promise<void> => {
    let title = 'The market was not taken';
    setFailure(null);
    try {
      const market = await marketOf(api, beginning, setProgress);
      title = 'The vault was not made';
      setProgress({ step: 'Making the vault…', share: 1 });
      await api.send('VAULT_RESET', { engine: 'funding', capital: beginning.capital, market });
      title = 'The engine was not started';
      await api.send('START_ENGINE', { engine: 'funding', mode: 'paper' });
      api.refresh();
    } catch (error) {
      setFailure({ title, error: replyOf(error) });
    } finally {
      setProgress(null);
    }
  };
  return { begin: (beginning) => void run(beginning), progress, failure };
}

async function marketOf(
  api: ApiClient,
  { market, seed, candles, funding }: Beginning,
  tell: (progress: Progress) => void,
): Promise<MarketSource> {
  if (market === 'simulated' || candles === null || funding === null)
    return { kind: 'simulated', seed: Number(seed) };
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

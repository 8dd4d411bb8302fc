import { useEffect, useMemo } from 'react';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import type { MarketDataBody } from '../../shared/contract/marketData.ts';
import { useApi } from '../api/apiContext.ts';
import type { StreamRequest } from '../api/subscriptions.ts';
import { useLive } from './liveStore.ts';
import { PaintBatch } from './paintBatch.ts';

export interface StreamTaker {
  /** What came since the last frame, in its order. */
  readonly bodies: (bodies: readonly MarketDataBody[]) => void;
  readonly failed: (error: ErrorReply) => void;
}

/**
 * Keeps a stream open while a component is shown, handing on what comes once a frame. Another vault is another market: its
 * streams are opened anew. @param taker the same one as long as it takes for the same stream
 */
export function useStream(request: StreamRequest | null, taker: StreamTaker): void {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const key = JSON.stringify(request);
  const asked = useMemo(() => JSON.parse(key) as StreamRequest | null, [key]);
  useEffect(() => {
    if (asked === null) return undefined;
    const batch = new PaintBatch<MarketDataBody>(taker.bodies);
    const close = api.subscribe(asked, {
      body: (body) => batch.add(body),
      failed: (error) => taker.failed(error),
    });
    return () => {
      close();
      batch.drop();
    };
  }, [api, asked, taker, vaultEpoch]);
}

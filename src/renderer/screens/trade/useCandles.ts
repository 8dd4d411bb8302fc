import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { CandleView, MarketDataBody } from '../../../shared/contract/marketData.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { useLive } from '../../live/liveStore.ts';
import { useStream } from '../../live/useStream.ts';
import { withOlder, type Resolution } from './candleSeries.ts';
import { nothingHeld, withHeard, withPage, type HeldCandles } from './heldCandles.ts';

const PAGE = 500;
/** A page that could not be read is asked for again. */
const AGAIN_MS = 5_000;
const END_OF_TIME = 8_640_000_000_000_000;

export interface Candles {
  /** Oldest first; null while the first page is read. */
  readonly candles: readonly CandleView[] | null;
  readonly error: ErrorReply | null;
  /** Reads the page before, where there is one. */
  readonly loadOlder: () => void;
}

/** The candles of a market: a page, what comes, and older pages as one scrolls back. */
export function useCandles(market: string | null, resolution: Resolution): Candles {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const of = `${market ?? ''} ${resolution} ${vaultEpoch}`;
  const [held, setHeld] = useState<HeldCandles>(() => nothingHeld(of));
  const asking = useRef('');
  /** Changes what is held, if it is still that which is looked at. */
  const change = useCallback(
    (next: (before: HeldCandles) => HeldCandles): void =>
      setHeld((before) => next(before.of === of ? before : nothingHeld(of))),
    [of],
  );

  // What came meanwhile waits for the page: put behind what was known before, it would hide the gap.
  useEffect(() => {
    if (!connected) change((before) => ({ ...before, reading: true }));
  }, [connected, change]);

  const reading = held.of !== of || held.reading;
  const failed = held.of === of && held.error !== null;
  useEffect(() => {
    if (market === null || !connected || !reading) return undefined;
    let gone = false;
    const read = (): void => {
      api.send('GET_CANDLES', { market, resolution, from: 0, to: END_OF_TIME, limit: PAGE }).then(
        ({ candles, more }) => {
          if (!gone) change((before) => withPage(before, candles, more));
        },
        (error: unknown) => {
          if (!gone) change((before) => ({ ...before, error: replyOf(error) }));
        },
      );
    };
    if (!failed) read();
    const again = setInterval(read, AGAIN_MS);
    return () => {
      gone = true;
      clearInterval(again);
    };
  }, [api, market, resolution, connected, reading, failed, change]);

  const taker = useMemo(
    () => ({
      bodies: (bodies: readonly MarketDataBody[]) => change((before) => withHeard(before, bodies)),
      failed: (error: ErrorReply) =>
        change((before) => (before.candles === null ? { ...before, error } : before)),
    }),
    [change],
  );
  useStream(market === null ? null : { channel: 'candles', market, resolution }, taker);

  const oldest = held.of === of && held.more ? held.candles?.[0]?.t : undefined;
  const loadOlder = useCallback((): void => {
    if (market === null || oldest === undefined || oldest === 0) return;
    const page = `${of} ${oldest}`;
    if (asking.current === page) return;
    asking.current = page;
    api.send('GET_CANDLES', { market, resolution, from: 0, to: oldest - 1, limit: PAGE }).then(
      ({ candles, more }) =>
        change((before) => ({
          ...before,
          candles: before.candles === null ? null : withOlder(before.candles, candles),
          more: more && candles.length > 0,
        })),
      () => {
        // The next scroll asks again.
        asking.current = '';
      },
    );
  }, [api, market, resolution, of, oldest, change]);

  const now = held.of === of ? held : nothingHeld(of);
  return { candles: now.candles, error: now.error, loadOlder };
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { CandleView } from '../../../shared/contract/marketData.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { useLive } from '../../live/liveStore.ts';
import { useStream } from '../../live/useStream.ts';
import { mergeCandles, withOlder, type Resolution } from './candleSeries.ts';

const PAGE = 500;
const END_OF_TIME = 8_640_000_000_000_000;

export interface Candles {
  /** Oldest first; null while the first page is read. */
  readonly candles: readonly CandleView[] | null;
  readonly error: ErrorReply | null;
  /** Reads the page before, where there is one. */
  readonly loadOlder: () => void;
}

interface Held {
  /** Of which market, resolution and vault. */
  readonly of: string;
  readonly candles: readonly CandleView[] | null;
  /** What came before the first page, which may be older than it. */
  readonly early: readonly CandleView[];
  readonly more: boolean;
  readonly error: ErrorReply | null;
}

const nothing = (of: string): Held => ({ of, candles: null, early: [], more: false, error: null });

/** The candles of a market: a page, what comes, and older pages as one scrolls back. */
export function useCandles(market: string | null, resolution: Resolution): Candles {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const of = `${market ?? ''} ${resolution} ${vaultEpoch}`;
  const [held, setHeld] = useState<Held>(() => nothing(of));
  const reading = useRef('');
  /** Changes what is held, if it is still that which is looked at. */
  const change = useCallback(
    (next: (before: Held) => Held): void =>
      setHeld((before) => next(before.of === of ? before : nothing(of))),
    [of],
  );

  useEffect(() => {
    if (market === null || !connected) return undefined;
    let gone = false;
    api.send('GET_CANDLES', { market, resolution, from: 0, to: END_OF_TIME, limit: PAGE }).then(
      ({ candles, more }) => {
        if (gone) return;
        // What was missed while the connection was lost is in the page; what is older than it may have a gap before it.
        change((before) => {
          const begins = candles[0]?.t ?? 0;
          const joins = before.candles?.some(({ t }) => t >= begins) === true;
          const merged = mergeCandles(
            joins ? mergeCandles(before.candles ?? [], candles) : candles,
            before.early,
          );
          return { of, candles: merged, early: [], more: joins ? before.more : more, error: null };
        });
      },
      (error: unknown) => {
        if (!gone) change((before) => ({ ...before, error: replyOf(error) }));
      },
    );
    return () => {
      gone = true;
    };
  }, [api, market, resolution, of, connected, change]);

  const taker = useMemo(
    () => ({
      bodies: (bodies: Parameters<Parameters<typeof useStream>[1]['bodies']>[0]) =>
        change((before) => {
          const heard = bodies.flatMap((body) => (body.channel === 'candles' ? body.candles : []));
          if (before.candles === null) return { ...before, early: mergeCandles(before.early, heard) };
          return { ...before, candles: mergeCandles(before.candles, heard) };
        }),
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
    if (reading.current === page) return;
    reading.current = page;
    api.send('GET_CANDLES', { market, resolution, from: 0, to: oldest - 1, limit: PAGE }).then(
      ({ candles, more }) =>
        change((before) => ({
          ...before,
          candles: before.candles === null ? null : withOlder(before.candles, candles),
          more: more && candles.length > 0,
        })),
      () => {
        // The next scroll asks again.
        reading.current = '';
      },
    );
  }, [api, market, resolution, of, oldest, change]);

  const now = held.of === of ? held : nothing(of);
  return { candles: now.candles, error: now.error, loadOlder };
}

import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/apiContext.ts';
import { pointOf, withPoint, type CurvePoint } from './equityTail.ts';
import { useLive } from './liveStore.ts';

const READ_EVERY_MS = 30_000;
const DRAW_EVERY_MS = 1_000;
const POINTS = 800;
const END_OF_TIME = 8_640_000_000_000_000;

interface EquityCurve {
  /** Null while it is read for the first time. */
  readonly points: readonly CurvePoint[] | null;
  readonly error: Error | null;
}

/** The whole curve, read now and then, with its live end appended from the broadcasts. */
export function useEquityCurve(): EquityCurve {
  const api = useApi();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const { data, error } = useQuery({
    queryKey: ['GET_EQUITY_CURVE', vaultEpoch],
    queryFn: () =>
      api.send('GET_EQUITY_CURVE', { engine: 'funding', from: 0, to: END_OF_TIME, points: POINTS }),
    refetchInterval: READ_EVERY_MS,
    staleTime: READ_EVERY_MS,
  });
  const read = data?.points;
  const tail = useTail(read, vaultEpoch);
  const points = useMemo(() => (read === undefined ? null : [...read, ...tail]), [read, tail]);
  return { points, error };
}

function useTail(read: readonly CurvePoint[] | undefined, vaultEpoch: number): readonly CurvePoint[] {
  const [tail, setTail] = useState<readonly CurvePoint[]>([]);
  const kept = useRef<readonly CurvePoint[]>([]);
  useEffect(() => {
    kept.current = [];
    setTail([]);
  }, [vaultEpoch]);
  useEffect(() => {
    const timer = setInterval(() => {
      const funding = useLive.getState().engines.funding?.funding;
      if (funding === null || funding === undefined || read === undefined) return;
      const last = kept.current.at(-1) ?? read.at(-1);
      if (last?.t === funding.timestamp) return;
      kept.current = withPoint(read, kept.current, pointOf(funding));
      setTail(kept.current);
    }, DRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  return tail;
}

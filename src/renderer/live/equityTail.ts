import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';

export interface CurvePoint {
  readonly t: number;
  readonly equity: string;
  readonly justHolding: string | null;
  readonly neverLeaving: string | null;
}

/** Points that the live end of the curve may have beside what was read; then only its last one moves. */
const MOST = 400;
/** A curve drawn at this many points across looks continuous. */
const ACROSS = 1_000;

/** The latest update as a point of the curve. */
export const pointOf = ({ timestamp, equity, comparison }: FundingUpdateData): CurvePoint => ({
  t: timestamp,
  equity,
  justHolding: comparison?.justHoldingEquity ?? null,
  neverLeaving: comparison?.neverLeavingEquity ?? null,
});

/** The live end with one more point; its last point moves on until it is far enough from the one before. */
export function withPoint(
  read: readonly CurvePoint[],
  tail: readonly CurvePoint[],
  point: CurvePoint,
): readonly CurvePoint[] {
  const first = read[0]?.t ?? tail[0]?.t ?? point.t;
  const readUpTo = read.at(-1)?.t ?? -Infinity;
  const later = tail.filter(({ t }) => t > readUpTo && t < point.t);
  if (point.t <= readUpTo) return later;
  const apartMs = (point.t - first) / ACROSS;
  const before = later.at(-2)?.t ?? readUpTo;
  const last = later.at(-1);
  const moves = last !== undefined && (last.t - before < apartMs || later.length >= MOST);
  return [...(moves ? later.slice(0, -1) : later), point];
}

import { formatBase } from '../../shared/money/decimal.ts';
import { base } from '../../shared/money/quantity.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import type { RiskSettings } from '../risk/riskSettings.ts';
import type { Effect, Leg, Purpose } from '../risk/trade.ts';
import type { Decision } from './decision.ts';
import { nothing } from './decision.ts';
import type { EngineSettings } from './engineSettings.ts';
import { lotsOf, perpLeg, spotLeg } from './legs.ts';
import type { Gap, Memory } from './memory.ts';
import type { View } from './view.ts';

/**
 * A first leg that stands without its second is finished, or, once half of its time is gone and it was an opening,
 * undone: half, so that an undoing that fails can be tried again before the bound. Source: requirements, R11.3.
 */
export function repairGap(
  memory: Memory,
  gap: Gap,
  view: View,
  engine: EngineSettings,
  risk: RiskSettings,
): Decision {
  const waitedMs = view.now - gap.since;
  // An entry that SOS finds half done is not finished.
  const late = view.halt === 'flattening' || waitedMs >= engine.unhedgedMs / 2;
  const undo = gap.kind === 'opening' && late;
  const repair = repairOf(gap, undo, view, risk);
  if (repair === undefined) return nothing({ ...memory, gap: null });
  const { leg, effect } = repair;
  const purpose: Purpose = undo ? 'undoLeg' : 'finishLeg';
  const because = `${formatBase(gap.size)} SOL stand unhedged for ${waitedMs / 1_000} s.`;
  return {
    memory,
    notes: [
      {
        type: 'DECISION',
        action: purpose,
        because,
        numbers: {
          gap: formatBase(gap.size),
          waitedMs,
          market: leg.market,
          side: leg.side,
          size: formatBase(leg.size),
        },
      },
    ],
    trade: { purpose, effect, legs: [leg], because },
  };
}

/** The leg that closes a gap, or undefined where nothing of it can be traded any more. */
function repairOf(
  gap: Gap,
  undo: boolean,
  view: View,
  risk: RiskSettings,
): { leg: Leg; effect: Effect } | undefined {
  const size = base(magnitude(gap.size));
  const { lot } = view.markets.spot;
  const tolerance = risk.slippageTolerance;
  const sellsSpot = gap.size > 0n && (undo || gap.kind === 'reducing');
  if (sellsSpot) {
    const sold = lotsOf(lot, size, view.spot);
    return sold === 0n ? undefined : { leg: spotLeg('sell', sold, view, tolerance), effect: 'reduces' };
  }
  if (gap.size > 0n) return { leg: perpLeg('sell', size, view, tolerance), effect: 'hedges' };
  const bought = lotsOf(lot, size, base(-view.perp));
  return bought === 0n ? undefined : { leg: perpLeg('buy', bought, view, tolerance), effect: 'reduces' };
}

import { formatBase } from '../../shared/money/decimal.ts';
import { base } from '../../shared/money/quantity.ts';
import { larger, magnitude, smaller, toStep } from '../../shared/money/rounding.ts';
import { driftExceeds, driftPct, netDelta } from '../domain/delta.ts';
import type { RiskSettings } from '../risk/riskSettings.ts';
import { round } from '../risk/gates.ts';
import { nothing, sayOnce, type Decision } from './decision.ts';
import type { EngineSettings } from './engineSettings.ts';
import { perpLeg } from './legs.ts';
import type { Memory } from './memory.ts';
import type { View } from './view.ts';

/**
 * R5: a drift over the tolerance is corrected on the perpetual, once the cooldown has passed, by the net delta rounded
 * down to the lot. Net long grows the short, net short shrinks it.
 */
export function rebalance(memory: Memory, view: View, engine: EngineSettings, risk: RiskSettings): Decision {
  const { spot, perp, now } = view;
  if (!driftExceeds(spot, perp, engine.deltaTolerance)) {
    const calm =
      memory.urgent === null && memory.said === null ? memory : { ...memory, urgent: null, said: null };
    return nothing(calm);
  }
  const net = netDelta(spot, perp);
  const numbers = {
    driftPct: round(driftPct(spot, perp)),
    netDelta: formatBase(net),
    spot: formatBase(spot),
    perp: formatBase(perp),
  };
  const urgent = memory.urgent !== null || driftExceeds(spot, perp, engine.urgentDrift);
  const leftMs = cooldownLeft(memory, now, engine.cooldownMs);
  if (leftMs > 0 && !urgent) {
    return sayOnce(memory, 'skip cooldown', now, {
      type: 'DECISION',
      action: 'skip',
      because: `The hedge is off by ${Math.abs(numbers.driftPct)} %, but the last correction was too recent; ${Math.ceil(leftMs / 60_000)} min are left.`,
      numbers: { ...numbers, reason: 'cooldown', cooldownRemainingMs: leftMs },
    });
  }
  const { lot, minimum } = view.markets.perp;
  const correction = base(toStep(magnitude(net), lot, 'floor'));
  const size = net > 0n ? correction : base(smaller(correction, larger(-perp, 0n)));
  if (size < larger(engine.minimumCorrection, minimum)) {
    return sayOnce(memory, 'skip minimum', now, {
      type: 'DECISION',
      action: 'skip',
      because: `The hedge is off by ${formatBase(size)} SOL, less than is worth correcting.`,
      numbers: {
        ...numbers,
        reason: 'minimum',
        correction: formatBase(size),
        minimum: formatBase(engine.minimumCorrection),
      },
    });
  }
  const leg = perpLeg(net > 0n ? 'sell' : 'buy', size, view, risk.slippageTolerance);
  const bypass = leftMs > 0 ? { bypass: memory.urgent ?? 'drift' } : {};
  return {
    memory: { ...memory, said: null },
    notes: [
      {
        type: 'DECISION',
        action: 'rebalance',
        because:
          net > 0n
            ? `The hedge is ${numbers.driftPct} % long: the short grows by ${formatBase(size)} SOL.`
            : `The hedge is ${-numbers.driftPct} % short: the short shrinks by ${formatBase(size)} SOL.`,
        numbers: { ...numbers, correction: formatBase(size), direction: net > 0n ? 'up' : 'down', ...bypass },
      },
    ],
    trade: {
      purpose: 'correct',
      effect: net > 0n ? 'hedges' : 'reduces',
      legs: [leg],
      because: 'delta drift over the tolerance',
    },
  };
}

/** Milliseconds of the cooldown that are left. */
export function cooldownLeft({ cooldownFrom }: Memory, now: number, cooldownMs: number): number {
  return cooldownFrom === null ? 0 : Math.max(0, cooldownFrom + cooldownMs - now);
}

import { formatBase } from '../../shared/money/decimal.ts';
import { base, NO_BASE, type Base } from '../../shared/money/quantity.ts';
import { larger } from '../../shared/money/rounding.ts';
import { healthBelow, healthPct } from '../domain/margin.ts';
import { round } from '../risk/gates.ts';
import type { ProposedTrade, Purpose } from '../risk/trade.ts';
import { nothing, sayOnce, type Decision, type Note } from './decision.ts';
import { clipSize, lotsOf, perpLeg, spotLeg } from './legs.ts';
import type { Memory, Plan } from './memory.ts';
import { judgeEntry, type PolicySettings } from './policy.ts';
import type { View } from './view.ts';

const IDLE: Plan = { kind: 'idle' };

/** The next clip of an entry: spot first, then as much short. */
export function enterNext(
  memory: Memory,
  plan: Extract<Plan, { kind: 'enter' }>,
  view: View,
  settings: PolicySettings,
): Decision {
  const { engine, risk } = settings;
  const { lot, minimum } = view.markets.spot;
  const left = lotsOf(lot, base(plan.goal - view.spot));
  if (left < minimum) return finished(memory, 'hedged', 'The hedge is in place.', view);
  if (engine.policy !== 'always') {
    const verdict = judgeEntry(left, view, settings);
    if (verdict.kind === 'decline') {
      return {
        memory: { ...memory, plan: IDLE },
        notes: [
          {
            type: 'BLOCKED',
            code: 'UNPROFITABLE',
            because: 'Funding no longer pays for the rest of the entry.',
            numbers: verdict.numbers,
          },
        ],
        trade: null,
      };
    }
  }
  const clip = lotsOf(lot, left, clipSize(engine.unhedgedUsd, view, risk.slippageTolerance));
  return {
    memory,
    notes: [],
    trade: {
      purpose: 'enter',
      effect: 'opens',
      legs: [
        spotLeg('buy', clip, view, risk.slippageTolerance),
        perpLeg('sell', clip, view, risk.slippageTolerance),
      ],
      because: `Funding pays: ${formatBase(clip)} of ${formatBase(left)} SOL are bought and sold short.`,
    },
  };
}

/** The next clip of an exit, down to the SOL that the user brought in. */
export function exitNext(
  memory: Memory,
  plan: Extract<Plan, { kind: 'exit' }>,
  view: View,
  settings: PolicySettings,
): Decision {
  const keep = base(larger(memory.transferredSol, 0n));
  const trade = reduceBoth(base(view.spot - keep), view, settings, plan.cause === 'sos' ? 'flatten' : 'exit');
  if (trade !== undefined) return { memory, notes: [], trade };
  return finished({ ...memory, target: 'flat' }, 'flat', 'Both legs are closed.', view);
}

/** Reduces both legs while health is under what the guard restores (R11.2). */
export function deleverageNext(memory: Memory, view: View, settings: PolicySettings): Decision {
  const done = !healthBelow(view.terms, settings.engine.restoredHealth);
  const trade = done ? undefined : reduceBoth(view.spot, view, settings, 'deleverage');
  if (trade !== undefined) return { memory, notes: [], trade };
  const healthNow = round(healthPct(view.terms));
  return done
    ? finished(memory, 'restored', `Health is back at ${healthNow} %.`, view)
    : finished(memory, 'reduced', `Nothing is left to reduce; health is ${healthNow} %.`, view);
}

/** One clip out of both legs; the rest of one leg where the other has nothing left; undefined where nothing is. */
function reduceBoth(
  excessSpot: Base,
  view: View,
  settings: PolicySettings,
  purpose: Purpose,
): ProposedTrade | undefined {
  const { engine, risk } = settings;
  const { lot } = view.markets.spot;
  const tolerance = risk.slippageTolerance;
  const short = view.perp < 0n ? base(-view.perp) : NO_BASE;
  const clip = clipSize(engine.unhedgedUsd, view, tolerance);
  const pair = lotsOf(lot, excessSpot, short, clip);
  const common = { purpose, effect: 'reduces', because: 'Both legs are reduced together.' } as const;
  if (pair > 0n) {
    return {
      ...common,
      legs: [perpLeg('buy', pair, view, tolerance), spotLeg('sell', pair, view, tolerance)],
    };
  }
  // An exit closes what is left in one order; deleveraging goes on clip by clip, so that it stops where health is back.
  const most = purpose === 'deleverage' ? [clip] : [];
  const shortLeft = lotsOf(lot, short, ...most);
  if (shortLeft > 0n) return { ...common, legs: [perpLeg('buy', shortLeft, view, tolerance)] };
  const spotLeft = lotsOf(lot, excessSpot, ...most);
  return spotLeft > 0n ? { ...common, legs: [spotLeg('sell', spotLeft, view, tolerance)] } : undefined;
}

function finished(memory: Memory, action: string, because: string, view: View): Decision {
  const note: Note = {
    type: 'DECISION',
    action,
    because,
    numbers: {
      spot: formatBase(view.spot),
      perp: formatBase(view.perp),
      healthPct: round(healthPct(view.terms)),
    },
  };
  return { memory: { ...memory, plan: IDLE, said: null }, notes: [note], trade: null };
}

/** Starts an entry where the policy wants one, and says why where it does not. */
export function considerEntry(memory: Memory, goal: Base, view: View, settings: PolicySettings): Decision {
  const left = base(goal - view.spot);
  const size = left > 0n ? left : goal;
  if (size < view.markets.spot.minimum) return nothing(memory);
  if (settings.engine.policy === 'always') return starting(memory, goal, view, {});
  const verdict = judgeEntry(size, view, settings);
  switch (verdict.kind) {
    case 'enter':
      return starting(memory, goal, view, verdict.numbers);
    case 'wait':
      return sayOnce(memory, 'wait for history', view.now, {
        type: 'DECISION',
        action: 'wait',
        because: `There are ${verdict.coveredHours} h of funding history; an entry needs ${settings.engine.historyHours} h.`,
        numbers: { coveredHours: verdict.coveredHours, neededHours: settings.engine.historyHours },
      });
    case 'decline':
      return sayOnce(memory, `decline ${verdict.fails}`, view.now, {
        type: 'BLOCKED',
        code: 'UNPROFITABLE',
        because: 'Expected funding does not pay for an entry.',
        numbers: { ...verdict.numbers, fails: verdict.fails },
      });
  }
}

function starting(
  memory: Memory,
  goal: Base,
  view: View,
  numbers: Record<string, string | number>,
): Decision {
  return {
    memory: { ...memory, target: 'hedged', plan: { kind: 'enter', goal, notBefore: view.now }, said: null },
    notes: [
      {
        type: 'DECISION',
        action: 'enter',
        because: `Funding is expected to pay: the hedge is built up to ${formatBase(goal)} SOL.`,
        numbers: { ...numbers, goal: formatBase(goal) },
      },
    ],
    trade: null,
  };
}

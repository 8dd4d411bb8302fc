import { ensureNever } from '../../shared/never.ts';
import { formatBase } from '../../shared/money/decimal.ts';
import { base, type Base } from '../../shared/money/quantity.ts';
import type { Execution, OrderOutcome } from '../execution/executor.ts';
import type { RefusedTrade } from '../risk/trade.ts';
import { healthBelow, healthPct } from '../domain/margin.ts';
import { round } from '../risk/gates.ts';
import { nothing, type Decision } from './decision.ts';
import { repairGap } from './gapRepair.ts';
import type { Memory } from './memory.ts';
import { afterExecution, afterRefusal, afterResolution } from './outcome.ts';
import { considerEntry, deleverageNext, enterNext, exitNext } from './plans.ts';
import { entryGoal, judgeExit, type PolicySettings } from './policy.ts';
import { rebalance } from './rebalance.ts';
import type { View } from './view.ts';

/** What happens to the engine. */
export type EngineEvent =
  | { readonly type: 'tick'; readonly view: View }
  | { readonly type: 'executed'; readonly execution: Execution }
  | { readonly type: 'refused'; readonly refused: RefusedTrade }
  | { readonly type: 'resolved'; readonly outcome: OrderOutcome }
  /** SOL that the user moved in (positive) or out. */
  | { readonly type: 'transferred'; readonly sol: Base }
  | { readonly type: 'liquidated' };

/**
 * The engine's whole judgement: what is remembered and what happened, in; what to remember, to say and to trade, out.
 * No clock, no chance, no I/O. Rules: R5, R6 (through the gates that the trade then passes) and R11.
 */
export function decide(memory: Memory, event: EngineEvent, settings: PolicySettings, now: number): Decision {
  switch (event.type) {
    case 'tick':
      return onTick(memory, event.view, settings);
    case 'executed':
      return afterExecution(memory, event.execution, settings.engine, now);
    case 'refused':
      return afterRefusal(memory, event.refused);
    case 'resolved':
      return afterResolution(memory, event.outcome, settings.engine, now);
    case 'transferred':
      return nothing({
        ...memory,
        transferredSol: base(memory.transferredSol + event.sol),
        urgent: 'transfer',
      });
    case 'liquidated':
      return nothing({ ...memory, urgent: 'liquidation', plan: { kind: 'idle' }, gap: null });
    default:
      return ensureNever(event);
  }
}

/**
 * What the user brought in can be sold by a liquidation or by the health guard. Flat then leaves alone only what is
 * left of it, and not SOL that the engine buys later.
 */
function withWhatIsLeft(memory: Memory, { spot }: View): Memory {
  return memory.transferredSol > spot ? { ...memory, transferredSol: spot } : memory;
}

/** In order of urgency: an open outcome, SOS, a naked leg, health, the plan under way, the policy, the drift. */
function onTick(memory: Memory, view: View, settings: PolicySettings): Decision {
  if (memory.pending !== null || view.halt === 'halted') return nothing(memory);
  return act(withWhatIsLeft(memory, view), view, settings);
}

function act(memory: Memory, view: View, settings: PolicySettings): Decision {
  if (memory.gap !== null) return repairGap(memory, memory.gap, view, settings.engine, settings.risk);
  if (view.halt === 'flattening') return flatten(memory, view, settings);
  const { plan } = memory;
  if (
    plan.kind !== 'deleverage' &&
    plan.kind !== 'exit' &&
    healthBelow(view.terms, settings.engine.deleverageHealth)
  ) {
    return guard(memory, view, settings);
  }
  switch (plan.kind) {
    case 'deleverage':
      return deleverageNext(memory, view, settings);
    case 'exit':
      return exitNext(memory, plan, view, settings);
    case 'enter':
      return view.now < plan.notBefore
        ? hold(memory, view, settings)
        : enterNext(memory, plan, view, settings);
    case 'idle':
      return hold(memory, view, settings);
    default:
      return ensureNever(plan);
  }
}

/** SOS with flattening: both legs are closed, once, and nothing else is done until it is released. */
function flatten(memory: Memory, view: View, settings: PolicySettings): Decision {
  const plan = { kind: 'exit', cause: 'sos' } as const;
  const next = exitNext({ ...memory, plan }, plan, view, settings);
  const wasFlat = memory.target === 'flat' && memory.plan.kind === 'idle';
  return next.trade === null && wasFlat ? nothing(memory) : next;
}

/** Starts reducing both legs: health is under its floor. Cooldown, profit gate and confirmation are not asked. */
function guard(memory: Memory, view: View, settings: PolicySettings): Decision {
  const next = deleverageNext({ ...memory, plan: { kind: 'deleverage' } }, view, settings);
  if (next.trade === null) return hold(memory, view, settings);
  const healthNow = round(healthPct(view.terms));
  return {
    ...next,
    notes: [
      {
        type: 'ALERT',
        code: 'HEALTH_TOO_LOW',
        because: `Health is ${healthNow} %: both legs are reduced.`,
        numbers: { healthPct: healthNow, spot: formatBase(view.spot), perp: formatBase(view.perp) },
      },
      ...next.notes,
    ],
  };
}

/** Nothing is under way: leave, enter, or keep the hedge straight. */
function hold(memory: Memory, view: View, settings: PolicySettings): Decision {
  const open = view.perp !== 0n;
  if (memory.target === 'hedged' && (open || view.spot >= view.markets.spot.lot)) {
    if (settings.engine.policy === 'on' && open) {
      const numbers = judgeExit(base(-view.perp), view, settings);
      if (numbers !== undefined) return leaving(memory, numbers);
    }
    return rebalance(memory, view, settings.engine, settings.risk);
  }
  if (settings.engine.policy === 'off' || memory.plan.kind === 'enter') return nothing(memory);
  return considerEntry(memory, entryGoal(view, settings.engine.spotShare), view, settings);
}

function leaving(memory: Memory, numbers: Readonly<Record<string, string | number>>): Decision {
  return {
    memory: { ...memory, target: 'flat', plan: { kind: 'exit', cause: 'policy' }, said: null },
    notes: [
      {
        type: 'DECISION',
        action: 'exit',
        because: 'Funding has turned: staying is expected to cost more than leaving and coming back.',
        numbers,
      },
    ],
    trade: null,
  };
}

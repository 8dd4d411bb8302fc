import { formatBase } from '../../shared/money/decimal.ts';
import { NO_BASE, base, type Base } from '../../shared/money/quantity.ts';
import { signed } from '../domain/market.ts';
import type { Execution, OrderOutcome } from '../execution/executor.ts';
import type { Purpose, RefusedTrade } from '../risk/trade.ts';
import type { Decision, Note } from './decision.ts';
import type { EngineSettings } from './engineSettings.ts';
import type { Gap, Memory } from './memory.ts';

/** What the engine remembers of a trade that was carried out. */
export function afterExecution(
  memory: Memory,
  { approved, outcomes }: Execution,
  engine: EngineSettings,
  now: number,
): Decision {
  const { trade } = approved;
  const pending = outcomes.find(({ state }) => state === 'unknown') ?? null;
  const filled = base(outcomes.reduce((sum, outcome) => sum + signedFill(outcome), 0n));
  const paired = trade.legs.length === 2;
  const gap =
    paired || isRepair(trade.purpose) ? gapAfter(memory.gap, filled, trade.purpose, now) : memory.gap;
  const after = settled({ ...memory, pending, gap }, trade.purpose, outcomes, engine, now);
  return {
    memory: after,
    notes: outcomes.flatMap((outcome) => [...noteOn(outcome, now), ...doneNote(outcome)]),
    trade: null,
  };
}

/** A refused trade is tried again at the next tick; there is nothing to remember of it. */
export function afterRefusal(memory: Memory, { trade, reasons, estimate }: RefusedTrade): Decision {
  const [first] = reasons;
  const also = reasons.slice(1).map(({ code }) => code);
  const legs = Object.fromEntries(
    trade.legs.flatMap(({ market, side, size }, i) => [
      [`market${i + 1}`, market],
      [`side${i + 1}`, side],
      [`size${i + 1}`, formatBase(size)],
    ]),
  );
  return {
    memory,
    notes: [
      {
        type: 'BLOCKED',
        code: first.code,
        because: first.message,
        numbers: {
          purpose: trade.purpose,
          ...legs,
          ...first.numbers,
          ...(also.length === 0 ? {} : { also: also.join(' ') }),
          breakEvenMs: estimate.breakEvenMs ?? -1,
        },
      },
    ],
    trade: null,
  };
}

/** An outcome that was unknown and no longer is. The bound on what stands unhedged runs again from here. */
export function afterResolution(
  memory: Memory,
  outcome: OrderOutcome,
  engine: EngineSettings,
  now: number,
): Decision {
  if (outcome.state === 'unknown') return { memory, notes: [], trade: null };
  const { purpose } = outcome;
  const matters = outcome.paired || isRepair(purpose);
  const gap = matters ? restarted(gapAfter(memory.gap, signedFill(outcome), purpose, now), now) : memory.gap;
  const note: Note = {
    type: 'DECISION',
    action: 'resolved',
    because:
      outcome.filled === 0n
        ? `Order ${outcome.order.clientOrderId} was not executed.`
        : `Order ${outcome.order.clientOrderId} was executed: ${formatBase(outcome.filled)} filled.`,
    numbers: numbersOf(outcome),
  };
  return {
    memory: settled({ ...memory, pending: null, gap }, purpose, [outcome], engine, now),
    notes: [note, ...doneNote(outcome)],
    trade: null,
  };
}

function settled(
  memory: Memory,
  purpose: Purpose,
  outcomes: readonly OrderOutcome[],
  engine: EngineSettings,
  now: number,
): Memory {
  const traded = outcomes.some((outcome) => fillOf(outcome) !== 0n);
  if (purpose === 'correct') return traded ? { ...memory, cooldownFrom: now, urgent: null } : memory;
  const { plan } = memory;
  return plan.kind === 'enter' && purpose === 'undoLeg' && traded
    ? { ...memory, plan: { ...plan, notBefore: now + engine.retryMs } }
    : memory;
}

const isRepair = (purpose: Purpose): boolean => purpose === 'finishLeg' || purpose === 'undoLeg';

function gapAfter(gap: Gap | null, filled: Base, purpose: Purpose, now: number): Gap | null {
  const size = base((gap?.size ?? 0n) + filled);
  if (size === 0n) return null;
  return {
    size,
    since: gap?.since ?? now,
    kind: gap?.kind ?? (purpose === 'enter' ? 'opening' : 'reducing'),
  };
}

const restarted = (gap: Gap | null, now: number): Gap | null =>
  gap === null ? null : { ...gap, since: now };

/** What an order has traded, counted once: while its outcome is unknown nothing of it is. */
const fillOf = ({ state, filled }: OrderOutcome): Base => (state === 'unknown' ? NO_BASE : filled);

const signedFill = (outcome: OrderOutcome): Base => signed(outcome.order.side, fillOf(outcome));

function noteOn(outcome: OrderOutcome, now: number): readonly Note[] {
  const { order, state, rejection } = outcome;
  if (state === 'unknown') {
    return [
      {
        type: 'ALERT',
        code: 'OUTCOME_UNKNOWN',
        because: `It is not known whether order ${order.clientOrderId} was executed. The market is blocked until the venue says so.`,
        numbers: { ...numbersOf(outcome), knownByMs: order.validUntil - now },
      },
    ];
  }
  if (state === 'filled') return [];
  return [
    {
      type: 'DECISION',
      action: 'incomplete',
      because:
        rejection?.message ??
        `Order ${order.clientOrderId} filled ${formatBase(outcome.filled)} of ${formatBase(order.size)}.`,
      numbers: { ...numbersOf(outcome), ...(rejection === null ? {} : { code: rejection.code }) },
    },
  ];
}

/** A correction that traded is done, and starts the cooldown (R5.9). */
function doneNote(outcome: OrderOutcome): readonly Note[] {
  if (outcome.purpose !== 'correct' || fillOf(outcome) === 0n) return [];
  const direction = outcome.order.side === 'sell' ? 'up' : 'down';
  return [
    {
      type: 'DECISION',
      action: 'rebalanced',
      because: `The short has ${direction === 'up' ? 'grown' : 'shrunk'} by ${formatBase(outcome.filled)} SOL; the cooldown begins.`,
      numbers: { ...numbersOf(outcome), direction },
    },
  ];
}

function numbersOf({ order, state, filled, purpose }: OrderOutcome): Record<string, string | number> {
  return {
    orderId: order.clientOrderId,
    market: order.market,
    side: order.side,
    size: formatBase(order.size),
    filled: formatBase(filled),
    outcome: state,
    purpose,
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OrderReport, OrderStatus } from '../../../../src/main/domain/order.ts';
import { after, isOver, type OrderEvent } from '../../../../src/main/execution/orders/orderMachine.ts';
import { newOrder, type TraderOrder } from '../../../../src/main/execution/orders/traderOrder.ts';
import { parsePrice } from '../../../../src/shared/money/decimal.ts';
import { base, usd } from '../../../../src/shared/money/quantity.ts';
import { refusal } from '../../storage/fixtures/scratch.ts';
import { planOf } from './deskRig.ts';

const SIZE = 10n;
const VALID_UNTIL = 1_000;

const orderOf = (size = SIZE): TraderOrder =>
  newOrder(planOf({ size: base(size) }), { number: 1, t: 0, validUntil: VALID_UNTIL, decisionMid: null });

const reportOf = (status: OrderStatus, filled = 0n): OrderReport => ({
  clientOrderId: 'm1',
  status,
  filled: base(filled),
  quote: usd(filled * 150n),
  fee: usd(filled),
  ...(status === 'rejected' ? { rejection: { code: 'INVALID_PRICE', message: 'No.' } } : {}),
});
const answered = (status: OrderStatus, filled = 0n): OrderEvent => ({
  kind: 'answered',
  report: reportOf(status, filled),
});
const reported = (status: OrderStatus, filled = 0n): OrderEvent => ({
  kind: 'reported',
  report: reportOf(status, filled),
});
const fill = (size: bigint): OrderEvent => ({
  kind: 'fill',
  fill: { filled: base(size), quote: usd(size * 150n), fee: usd(size) },
});

/** What events make of a new order, one millisecond after the other. */
const run = (...events: readonly OrderEvent[]): TraderOrder =>
  events.reduce((order, event, index) => after(order, event, index + 1), orderOf());

const codeOf = (...events: readonly OrderEvent[]) => refusal(() => run(...events)).code;

const CANCEL: OrderEvent = { kind: 'cancelAsked' };
const NO_REPLY: OrderEvent = { kind: 'noReply' };
const resize = (size: bigint): OrderEvent => ({ kind: 'modifyAsked', change: { size: base(size) } });
const modified = (status: OrderStatus, filled = 0n): OrderEvent => ({
  kind: 'modified',
  report: reportOf(status, filled),
});

describe('the state of an order by hand', () => {
  it.each([
    ['untriggered', 0n, 'untriggered'],
    ['open', 0n, 'open'],
    ['open', 4n, 'open'],
    ['filled', 10n, 'filled'],
    ['partiallyFilled', 4n, 'partiallyFilled'],
    ['cancelled', 0n, 'cancelled'],
    ['cancelled', 4n, 'partiallyFilled'],
    ['expired', 0n, 'expired'],
    ['expired', 4n, 'partiallyFilled'],
    ['rejected', 0n, 'rejected'],
  ] as const)('follows the answer %s, filled %s: %s', (status, filled, state) => {
    expect(run(answered(status, filled))).toMatchObject({ state, filled });
    expect(run(NO_REPLY, answered(status, filled))).toMatchObject({ state, filled });
  });

  it('[R9.4] without an answer is unknown, and only the venue makes it anything else', () => {
    expect(run(NO_REPLY).state).toBe('unknown');
    expect(run(NO_REPLY, { kind: 'absent' }).state).toBe('unknown');
    const late = after(run(NO_REPLY), { kind: 'absent' }, VALID_UNTIL);
    expect(late.state).toBe('unknown');
    expect(after(late, { kind: 'absent' }, VALID_UNTIL + 1)).toMatchObject({
      state: 'expired',
      doneAt: 1_001,
    });
  });

  it('[R9.4] that the venue has shown once never becomes one that it never had', () => {
    const order = run(answered('open'), CANCEL, NO_REPLY);
    expect(after(order, { kind: 'absent' }, VALID_UNTIL + 1).state).toBe('unknown');
    const filledUnseen = run(fill(1n), NO_REPLY);
    expect(after(filledUnseen, { kind: 'absent' }, VALID_UNTIL + 1).state).toBe('unknown');
  });

  it('goes back where it came from when a cancel or a change does not happen', () => {
    expect(run(answered('untriggered'), CANCEL, answered('untriggered')).state).toBe('untriggered');
    expect(run(answered('open'), CANCEL, answered('open')).state).toBe('open');
    expect(run(answered('untriggered'), resize(12n), { kind: 'modifyRefused' })).toMatchObject({
      state: 'untriggered',
      size: SIZE,
      change: null,
    });
  });

  it('counts what fills while it is being cancelled or changed', () => {
    expect(run(answered('open'), CANCEL, fill(4n))).toMatchObject({ state: 'cancelling', filled: 4n });
    expect(run(answered('open'), CANCEL, fill(10n)).state).toBe('filled');
    expect(run(answered('open'), resize(12n), fill(10n))).toMatchObject({ state: 'modifying', filled: 10n });
    expect(run(answered('open'), resize(12n), fill(11n))).toMatchObject({ size: 12n, filled: 11n });
    expect(run(answered('open'), resize(12n), fill(10n), { kind: 'modifyRefused' }).filled).toBe(10n);
    expect(run(answered('open'), resize(8n), modified('filled', 8n))).toMatchObject({
      state: 'filled',
      size: 8n,
    });
    expect(run(answered('open'), resize(8n), modified('filled', 10n))).toMatchObject({
      state: 'filled',
      size: SIZE,
    });
  });

  it('is over whole where a refused change leaves nothing to fill', () => {
    expect(run(answered('open'), resize(12n), fill(10n), { kind: 'modifyRefused' }).state).toBe('filled');
  });

  it('keeps what it was asked to become until the venue shows what is in force', () => {
    const unknown = run(answered('open'), resize(12n), NO_REPLY);
    expect(unknown).toMatchObject({ state: 'unknown', size: SIZE });
    expect(after(unknown, answered('open'), 9)).toMatchObject({ state: 'unknown', size: SIZE });
    const terms = { size: base(12n) };
    expect(after(unknown, { kind: 'answered', report: reportOf('open'), terms }, 9)).toMatchObject({
      state: 'open',
      size: 12n,
      change: null,
    });
  });

  it('does not take a word that nobody asked for as the answer', () => {
    expect(run(answered('open'), CANCEL, reported('open', 3n))).toMatchObject({
      state: 'cancelling',
      filled: 3n,
    });
    expect(run(answered('open'), CANCEL, NO_REPLY, reported('open')).state).toBe('unknown');
    expect(run(answered('untriggered'), reported('open')).state).toBe('open');
    expect(run(answered('open'), reported('untriggered')).state).toBe('open');
  });

  it('ends as expired where its own time was up', () => {
    const order = newOrder(planOf({ timeInForce: 'gtd', expiresAt: 5 }), {
      number: 1,
      t: 0,
      validUntil: VALID_UNTIL,
      decisionMid: null,
    });
    const open = after(order, answered('open'), 1);
    const asked = after(open, { kind: 'expiryReached' }, 5);
    expect(asked.state).toBe('cancelling');
    expect(after(asked, answered('cancelled'), 6).state).toBe('expired');
    expect(after(open, answered('cancelled'), 4).state).toBe('cancelled');
  });

  it('can be asked nothing once it is over, and little while an answer is missing', () => {
    expect(codeOf(answered('cancelled'), CANCEL)).toBe('ORDER_NOT_OPEN');
    expect(codeOf(answered('cancelled'), resize(12n))).toBe('ORDER_NOT_OPEN');
    expect(codeOf(CANCEL)).toBe('OUTCOME_UNKNOWN');
    expect(codeOf(answered('open'), resize(12n), CANCEL)).toBe('OUTCOME_UNKNOWN');
    expect(codeOf(NO_REPLY, resize(12n))).toBe('OUTCOME_UNKNOWN');
    expect(codeOf(answered('open', 4n), resize(4n))).toBe('INVALID_SIZE');
    expect(run(NO_REPLY, CANCEL).state).toBe('cancelling');
  });

  it.each([
    ['another end', [answered('cancelled'), reported('filled', 10n)]],
    ['a refusal of what was cancelled', [answered('cancelled'), reported('rejected')]],
    ['more fills after its end', [answered('cancelled'), reported('open', 1n)]],
    ['a fill after its end', [answered('cancelled'), fill(1n)]],
    ['fewer fills than were seen', [fill(4n), answered('cancelled', 3n)]],
    ['more fills than it has size', [fill(11n)]],
    ['filled with nothing', [answered('filled')]],
  ])('is not what a venue says that contradicts itself: %s', (_what, events) => {
    expect(codeOf(...events)).toBe('INTERNAL');
  });

  it('is what a new order at the venue carries on, with what the old one filled', () => {
    const renewed = run(answered('open', 3n), resize(8n), {
      kind: 'replacing',
      cancelled: reportOf('partiallyFilled', 4n),
      venueId: 'm1.2',
      validUntil: VALID_UNTIL,
    });
    expect(renewed).toMatchObject({ state: 'placing', filled: 4n, size: 8n, venueId: 'm1.2' });
    expect(after(renewed, reported('partiallyFilled', 4n), 9)).toBe(renewed);
    const report = { ...reportOf('filled', 4n), clientOrderId: 'm1.2' };
    expect(after(renewed, { kind: 'answered', report }, 9)).toMatchObject({
      state: 'filled',
      filled: 8n,
      quote: 1200n,
    });
    expect(after(renewed, { kind: 'absent' }, VALID_UNTIL + 1)).toMatchObject({
      state: 'partiallyFilled',
      filled: 4n,
    });
  });

  it('is held back until its conditions are met, and over where it is not let out', () => {
    const held = newOrder(planOf({ size: base(SIZE) }), { number: 1, t: 0, decisionMid: null });
    const limitPrice = parsePrice('151');
    expect(after(held, { kind: 'conditionsMet', limitPrice, validUntil: 7 }, 1)).toMatchObject({
      state: 'placing',
      sentAt: 1,
      limitPrice,
    });
    expect(after(held, { kind: 'refused', code: 'HALTED', reason: 'SOS.' }, 1)).toMatchObject({
      state: 'rejected',
    });
    expect(after(held, CANCEL, 1).state).toBe('cancelled');
    expect(after(held, { kind: 'expiryReached' }, 1).state).toBe('expired');
    expect(after(held, NO_REPLY, 1)).toBe(held);
    expect(refusal(() => after(held, answered('open'), 1)).code).toBe('INTERNAL');
  });
});

/** The order as the venue has it: all that a model needs. */
interface Model {
  filled: bigint;
  status: 'unseen' | 'open' | 'over';
  ended: OrderStatus | undefined;
  /** Every word it has said so far, to be said again at any later time. */
  said: OrderReport[];
  /** Fills that no account event has told of yet. */
  untold: bigint[];
}

interface Real {
  order: TraderOrder;
  t: number;
}

type Step = fc.Command<Model, Real>;

/** A step of the world: what it does at the venue, and which word of it reaches us. */
class WorldStep implements Step {
  readonly name: string;
  readonly may: (model: Model) => boolean;
  readonly act: (model: Model, real: Real) => OrderEvent | undefined;

  constructor(name: string, may: WorldStep['may'], act: WorldStep['act']) {
    this.name = name;
    this.may = may;
    this.act = act;
  }

  check(model: Readonly<Model>): boolean {
    return this.may(model);
  }

  run(model: Model, real: Real): void {
    const before = real.order;
    real.t += 1;
    const event = this.act(model, real);
    if (event !== undefined) real.order = after(before, event, real.t);
    const { state, filled, size } = real.order;
    // Never more than is true, and never less than before.
    expect(filled <= model.filled && filled >= before.filled).toBe(true);
    expect(filled <= size).toBe(true);
    // Over only when it is over there, and then as it is there.
    if (isOver(state)) {
      expect(filled).toBe(model.filled);
      expect(model.status).toBe('over');
      expect(state).toBe(filled === SIZE ? 'filled' : filled > 0n ? 'partiallyFilled' : model.ended);
    }
    if (isOver(before.state)) expect(state).toBe(before.state);
    if (event?.kind === 'noReply' && !isOver(before.state)) expect(state).toBe('unknown');
  }

  toString(): string {
    return this.name;
  }
}

function wordOf(model: Model): OrderReport {
  const status = model.status === 'over' ? (model.ended ?? 'filled') : 'open';
  const word = reportOf(status, model.filled);
  model.said.push(word);
  return word;
}

const traded = (size: bigint) =>
  new WorldStep(
    `fill ${size}`,
    ({ status, filled }) => status === 'open' && filled + size <= SIZE,
    (model) => {
      model.filled += size;
      model.untold.push(size);
      if (model.filled === SIZE) {
        model.status = 'over';
        model.ended = 'filled';
      }
      wordOf(model);
      return undefined;
    },
  );
const ended = (status: 'cancelled' | 'expired') =>
  new WorldStep(
    status,
    (model) => model.status === 'open',
    (model) => {
      model.status = 'over';
      model.ended = model.filled > 0n ? 'partiallyFilled' : status;
      wordOf(model);
      return undefined;
    },
  );
const arrives = new WorldStep(
  'arrives',
  ({ status }) => status === 'unseen',
  (model) => {
    model.status = 'open';
    wordOf(model);
    return undefined;
  },
);
const saysAgain = (which: number) =>
  new WorldStep(
    `word ${which}`,
    ({ said }) => said.length > 0,
    ({ said }) => {
      const report = said[which % said.length];
      return report && { kind: 'reported', report };
    },
  );
const tells = new WorldStep(
  'account event',
  ({ untold }) => untold.length > 0,
  ({ untold }) => fill(untold.shift() ?? 0n),
);
const isAsked = new WorldStep(
  'query',
  () => true,
  (model) => (model.status === 'unseen' ? { kind: 'absent' } : { kind: 'answered', report: wordOf(model) }),
);
const isSilent = new WorldStep(
  'no reply',
  () => true,
  () => NO_REPLY,
);
const cancelAsked = new WorldStep(
  'cancel asked',
  () => true,
  (_model, { order }) => (['open', 'untriggered', 'unknown'].includes(order.state) ? CANCEL : undefined),
);

describe('an order by hand and a venue whose words are late, doubled and out of order', () => {
  it('[R9.4] never disagree: fills never shrink, and the end is the venue’s own', () => {
    const steps: fc.Arbitrary<Step>[] = [
      fc.constant(arrives),
      fc.bigInt({ min: 1n, max: SIZE }).map(traded),
      fc.constantFrom('cancelled' as const, 'expired' as const).map(ended),
      fc.nat(50).map(saysAgain),
      fc.constant(tells),
      fc.constant(isAsked),
      fc.constant(isSilent),
      fc.constant(cancelAsked),
    ];
    fc.assert(
      fc.property(fc.commands(steps, { maxCommands: 30 }), (commands) => {
        const world = (): { model: Model; real: Real } => ({
          model: { filled: 0n, status: 'unseen', ended: undefined, said: [], untold: [] },
          real: { order: orderOf(), t: 0 },
        });
        fc.modelRun(world, commands);
      }),
      { numRuns: 500 },
    );
  });

  it('come to the same end in whatever order the words arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 4n }), { maxLength: 4 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { minLength: 12 }),
        (sizes, order) => {
          let filled = 0n;
          const words: OrderEvent[] = [answered('open')];
          for (const size of sizes) {
            if (filled + size >= SIZE) break;
            filled += size;
            words.push(fill(size), reported('open', filled));
          }
          words.push(answered('cancelled', filled));
          const shuffled = order.flatMap((index) => words.filter((_, at) => at === index));
          const { state, filled: counted } = run(...shuffled);
          expect(counted).toBe(filled);
          expect(state).toBe(filled > 0n ? 'partiallyFilled' : 'cancelled');
        },
      ),
      { numRuns: 300 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { afterEvent, type Holdings } from '../../../../src/main/domain/accountChange.ts';
import type { AccountEvent } from '../../../../src/main/domain/accountEvent.ts';
import { equityWithWallet, openBooks, record, revalue, totalPnl } from '../../../../src/main/domain/books.ts';
import { tellStory, type AccountStory } from '../../../../src/main/venues/drift/accountStory.ts';
import { holdingsOf } from '../../../../src/main/venues/drift/driftAccount.ts';
import type { DriftState } from '../../../../src/main/venues/drift/driftState.ts';
import type { ProgramEvent, TransactionEvents } from '../../../../src/main/venues/drift/programEvent.ts';
import { priceFrom } from '../../../../src/main/venues/drift/units.ts';
import { magnitude } from '../../../../src/shared/money/rounding.ts';
import { recount } from '../../domain/recount.ts';
import { valueIn } from '../../../support/fraction.ts';
import { ProgramModel, USER, type Deed } from './programModel.ts';

const ENOUGH = 50n;
const RUNS = { numRuns: 200, plugins: [fc.interruptAfterTimeLimit(60_000)] };
const upTo = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 1n, max: bound }));
const around = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.tuple(upTo(bound), fc.boolean()).map(([amount, isNegative]) => (isNegative ? -amount : amount));
const anyPerpMarket = fc.constantFrom(0, 1, 2);
const anySpotMarket = fc.constantFrom(0 as const, 1 as const);

const anyFill = {
  isBuy: fc.boolean(),
  isTaker: fc.boolean(),
  size: upTo(10n ** 12n),
  quote: upTo(10n ** 11n),
  fee: fc.bigInt({ min: -1_000n, max: 100_000n }),
};

const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    deed: fc.constantFrom(
      'deposit' as const,
      'withdraw' as const,
      'transferIn' as const,
      'transferOut' as const,
    ),
    market: anySpotMarket,
    amount: upTo(10n ** 11n),
  }),
  fc.record({ deed: fc.constant('perpFill' as const), market: anyPerpMarket, ...anyFill }),
  fc.record({ deed: fc.constant('spotFill' as const), ...anyFill }),
  fc.record({
    deed: fc.constant('keeper' as const),
    kind: fc.constantFrom('perp' as const, 'spot' as const),
    market: anyPerpMarket,
    reward: upTo(100_000n),
  }),
  fc.record({ deed: fc.constant('settle' as const), market: anyPerpMarket, pnl: around(10n ** 9n) }),
  fc.record({
    deed: fc.constant('fundingRate' as const),
    market: anyPerpMarket,
    long: around(10n ** 8n),
    short: around(10n ** 8n),
  }),
  fc.record({ deed: fc.constant('fundingPayment' as const), market: anyPerpMarket }),
  fc.record({
    deed: fc.constant('interest' as const),
    market: anySpotMarket,
    deposit: fc.bigInt({ min: 0n, max: 10n ** 7n }),
    borrow: fc.bigInt({ min: 0n, max: 10n ** 7n }),
  }),
  fc.record({
    deed: fc.constant('wallet' as const),
    lamports: around(10n ** 9n),
    fee: fc.bigInt({ min: 0n, max: 100_000n }),
  }),
  fc.record({ deed: fc.constant('oracle' as const), price: upTo(400_000_000n) }),
);
const anyDeeds = fc.array(anyDeed, { maxLength: 20 });

interface Lived {
  readonly before: DriftState;
  readonly transactions: readonly TransactionEvents[];
  readonly after: DriftState;
}

/** What was there, what happened, and what is there. */
function lived(earlier: readonly Deed[], deeds: readonly Deed[]): Lived {
  const model = new ProgramModel();
  for (const deed of earlier) model.do(deed);
  const before = model.state;
  const told = model.transactions.length;
  for (const deed of deeds) model.do(deed);
  return { before, transactions: model.transactions.slice(told), after: model.state };
}

const tell = ({ before, transactions, after }: Lived): AccountStory =>
  tellStory(before, transactions, after, (orderId) => `order-${orderId}`);

/** Without what this program keeps of a position for itself, and without positions of nothing. */
const figures = ({ account, wallet }: Holdings): object => ({
  cash: account.cash,
  spot: account.spot,
  wallet,
  perps: account.perps
    .filter(({ size, quote }) => size !== 0n || quote !== 0n)
    .map(({ market, size, quote }) => ({ market, size, quote }))
    .sort((a, b) => a.market.localeCompare(b.market)),
});

const oraclesOf = ({ perps }: DriftState) => ({ SOL: priceFrom(perps[0]?.oracle.price ?? 0n) });

describe('the story of a Drift account between two states', () => {
  it('explains all that changed, to the last unit', () => {
    fc.assert(
      fc.property(anyDeeds, anyDeeds, (earlier, deeds) => {
        expect(tell(lived(earlier, deeds)).unexplained).toEqual([]);
      }),
      RUNS,
    );
  });

  it('its events, one after the other, turn what was held into what is held', () => {
    fc.assert(
      fc.property(anyDeeds, anyDeeds, (earlier, deeds) => {
        const story = lived(earlier, deeds);
        const { events } = tell(story);
        const folded = events.reduce(afterEvent, holdingsOf(story.before));
        expect(figures(folded)).toEqual(figures(holdingsOf(story.after)));
      }),
      RUNS,
    );
  });

  it('keeps change in equity = five parts + transfers, each part as the list of events says', () => {
    fc.assert(
      fc.property(anyDeeds, anyDeeds, (earlier, deeds) => {
        const story = lived(earlier, deeds);
        const { events } = tell(story);
        // The model prices every market by the oracle of SOL: one asset, three positions.
        const opened = {
          ...oraclesOf(story.before),
          BTC: oraclesOf(story.before).SOL,
          ETH: oraclesOf(story.before).SOL,
        };
        const start = holdingsOf(story.before);
        const books = events.reduce(record, openBooks(start, opened));
        const closed = {
          ...oraclesOf(story.after),
          BTC: oraclesOf(story.after).SOL,
          ETH: oraclesOf(story.after).SOL,
        };
        const end = revalue(books, closed);
        const change = equityWithWallet(holdingsOf(story.after), closed) - equityWithWallet(start, opened);
        expect(totalPnl(end.parts) + end.transfers).toBe(change);
        const steps = [...events, { type: 'ORACLES' as const, oracles: closed }];
        const expected = recount(start, opened, steps);
        for (const part of ['fees', 'funding', 'interest', 'slippage', 'price'] as const)
          expect(valueIn(end.parts[part]).minus(expected[part]).sign()).toBe(0);
        expect(valueIn(end.transfers).minus(expected.transfers).sign()).toBe(0);
      }),
      RUNS,
    );
  });

  it('funding that was told and then undone, before the program ever wrote it, is taken back', () => {
    const size = 1_000_000_000n;
    const fill = { deed: 'perpFill', market: 0, isTaker: true, size, quote: 150_000_000n, fee: 0n } as const;
    const rate = { deed: 'fundingRate', market: 0, long: 1_000_000_000n, short: 0n } as const;
    const back = { ...rate, long: -1_000_000_000n };
    for (const closing of [[], [{ ...fill, isBuy: false }]]) {
      const story = lived([{ ...fill, isBuy: true }, rate], [back, ...closing]);
      const { events, unexplained } = tell(story);
      expect(unexplained).toEqual([]);
      expect(events).toContainEqual(expect.objectContaining({ type: 'FUNDING', amount: 1_000_000n, size }));
      expect(figures(events.reduce(afterEvent, holdingsOf(story.before)))).toEqual(
        figures(holdingsOf(story.after)),
      );
    }
  });

  it('explains all of it, too, where others make interest grow unseen', () => {
    const anyUnseen: fc.Arbitrary<Deed> = fc.record({
      deed: fc.constant('interest' as const),
      market: anySpotMarket,
      deposit: fc.bigInt({ min: 0n, max: 10n ** 7n }),
      borrow: fc.bigInt({ min: 0n, max: 10n ** 7n }),
      isUnseen: fc.constant(true as const),
    });
    const anyDeedsUnseen = fc.array(
      fc.oneof({ weight: 3, arbitrary: anyDeed }, { weight: 1, arbitrary: anyUnseen }),
    );
    fc.assert(
      fc.property(anyDeeds, anyDeedsUnseen, (earlier, deeds) => {
        const story = lived(earlier, deeds);
        const { events, unexplained } = tell(story);
        expect(unexplained).toEqual([]);
        expect(figures(events.reduce(afterEvent, holdingsOf(story.before)))).toEqual(
          figures(holdingsOf(story.after)),
        );
      }),
      { numRuns: 1_000, plugins: [fc.interruptAfterTimeLimit(60_000)] },
    );
  });

  it('interest that grew in the transaction of another, in the same second before ours, is interest', () => {
    const unseen = {
      deed: 'interest',
      market: 0,
      deposit: 1_000_000n,
      borrow: 2_000_000n,
      isUnseen: true,
    } as const;
    const held = { deed: 'deposit', market: 0, amount: 10n ** 12n } as const;
    const settled = { deed: 'settle', market: 0, pnl: 10n ** 9n } as const;
    const story = lived([held], [unseen, settled]);
    const { events, unexplained } = tell(story);
    expect(unexplained).toEqual([]);
    expect(figures(events.reduce(afterEvent, holdingsOf(story.before)))).toEqual(
      figures(holdingsOf(story.after)),
    );
    // 100,000 dollars a ten-thousandth part more: nothing else of it is interest but a fraction of what was settled.
    const [transaction] = story.transactions.slice(-1);
    const another = { ...settled, pnl: settled.pnl + 150_000n };
    if (transaction === undefined) throw new RangeError('nothing happened');
    const wrong = transaction.events.map((event) =>
      event.type === 'settlement' ? { ...event, pnl: another.pnl } : event,
    );
    const bent = tell({ ...story, transactions: [{ ...transaction, events: wrong }] }).unexplained;
    expect(bent.map(({ what }) => what)).toContain('USDC of the sub-account');
  });

  it('a position that is liquidated is sold without a fee, and what the venue took for it is a cost', () => {
    const bought = {
      deed: 'perpFill',
      market: 0,
      isBuy: true,
      isTaker: true,
      size: 10n,
      quote: 1_000n,
    } as const;
    const story = lived([{ ...bought, fee: 0n }], [{ ...bought, isBuy: false, fee: 25n }]);
    const liquidated = story.transactions.map((transaction) => ({
      ...transaction,
      events: transaction.events.map((event) =>
        event.type === 'fill' ? { ...event, isLiquidation: true } : event,
      ),
    }));
    const { events, unexplained } = tell({ ...story, transactions: liquidated });
    expect(unexplained).toEqual([]);
    expect(events).toMatchObject([
      { type: 'FILL', side: 'sell', fee: 0n, quote: 1_000n, feeFrom: 'position' },
      { type: 'COST', kind: 'liquidation', paid: { asset: 'USDC', amount: 25n }, market: 'SOL-PERP' },
    ]);
    expect(figures(events.reduce(afterEvent, holdingsOf(story.before)))).toEqual(
      figures(holdingsOf(story.after)),
    );
  });

  it('a fill in a spot market that is not traded here shows as a difference', () => {
    const fill = {
      deed: 'spotFill',
      isBuy: true,
      isTaker: true,
      size: 5n,
      quote: 1_000_000n,
      fee: 10n,
    } as const;
    const story = lived([], [fill]);
    const elsewhere = story.transactions.map((transaction) => ({
      ...transaction,
      events: transaction.events.map((event) => (event.type === 'fill' ? { ...event, market: 2 } : event)),
    }));
    const { events, unexplained } = tell({ ...story, transactions: elsewhere });
    expect(events.filter(({ type }) => type === 'FILL')).toEqual([]);
    expect(unexplained.map(({ what }) => what)).toContain('USDC of the sub-account');
  });

  it('funding and interest are told once, however often one looks', () => {
    fc.assert(
      fc.property(anyDeeds, fc.array(anyDeeds, { maxLength: 5 }), (earlier, parts) => {
        const model = new ProgramModel();
        for (const deed of earlier) model.do(deed);
        const start = model.state;
        let [before, told] = [start, model.transactions.length];
        const looked: AccountEvent[] = [];
        for (const deeds of parts) {
          for (const deed of deeds) model.do(deed);
          const story = { before, transactions: model.transactions.slice(told), after: model.state };
          looked.push(...tell(story).events);
          [before, told] = [story.after, model.transactions.length];
        }
        const sumOf = (
          events: readonly AccountEvent[],
          type: 'FUNDING' | 'INTEREST',
          asset: string,
        ): bigint =>
          events.reduce((sum, event) => {
            if (event.type !== type) return sum;
            if (event.type === 'FUNDING') return event.market === asset ? sum + event.amount : sum;
            return event.paid.asset === asset ? sum + event.paid.amount : sum;
          }, 0n);
        const once = tell({
          before: start,
          transactions: model.transactions.slice(earlier.length),
          after: before,
        });
        for (const asset of ['SOL', 'USDC'])
          expect(sumOf(looked, 'INTEREST', asset)).toBe(sumOf(once.events, 'INTEREST', asset));
        for (const market of ['SOL-PERP', 'BTC-PERP', 'ETH-PERP'])
          expect(sumOf(looked, 'FUNDING', market)).toBe(sumOf(once.events, 'FUNDING', market));
        expect(figures(looked.reduce(afterEvent, holdingsOf(start)))).toEqual(figures(holdingsOf(before)));
      }),
      { numRuns: 100, plugins: [fc.interruptAfterTimeLimit(60_000)] },
    );
  });
});

/** Everything in a record that moves money: what another figure there would tell another story. */
function altered(event: ProgramEvent, by: bigint): ProgramEvent | undefined {
  const side = (one: { readonly user: string; readonly fee: bigint } | undefined) =>
    one?.user === USER ? { ...one, fee: one.fee + by } : one;
  switch (event.type) {
    case 'deposit':
      return { ...event, tokens: event.tokens + by };
    case 'fundingPayment':
      return { ...event, payment: event.payment + by };
    case 'settlement':
      return { ...event, pnl: event.pnl + by };
    case 'orderAction':
      return { ...event, reward: event.reward + by };
    case 'fill':
      return { ...event, taker: side(event.taker), maker: side(event.maker) } as ProgramEvent;
    case 'interest':
    case 'order':
    case 'liquidation':
    case 'fundingRate':
      return undefined;
  }
}

describe('what the program said and is not known', () => {
  /** So much that no scaling of a balance rounds it to nothing: a lamport that leaves no trace cannot be missed. */
  const money = (event: ProgramEvent): boolean => {
    switch (event.type) {
      case 'deposit':
        return magnitude(event.tokens) > ENOUGH;
      case 'fundingPayment':
        return event.payment !== 0n;
      case 'settlement':
        return magnitude(event.pnl) > ENOUGH;
      case 'orderAction':
        return event.reward > ENOUGH;
      case 'fill':
        return event.size > ENOUGH && event.quote > 2_000n;
      case 'interest':
      case 'order':
      case 'liquidation':
      case 'fundingRate':
        return false;
    }
  };

  /** One of the records that move money, by a part of their number. */
  const oneOf = (story: Lived, part: number): readonly [number, number] | undefined => {
    const all = story.transactions.flatMap(({ events }, i) =>
      events.flatMap((event, j) => (money(event) ? [[i, j] as const] : [])),
    );
    return all[Math.floor(part * all.length)];
  };
  const changed = (
    story: Lived,
    [at, which]: readonly [number, number],
    change: (event: ProgramEvent) => readonly ProgramEvent[],
  ): Lived => ({
    ...story,
    transactions: story.transactions.map((transaction, i) =>
      i === at
        ? {
            ...transaction,
            events: transaction.events.flatMap((event, j) => (j === which ? change(event) : [event])),
          }
        : transaction,
    ),
  });
  const anyPart = fc.double({ min: 0, max: 0.999, noNaN: true });

  it.each([
    ['left out', () => []],
    ['doubled', (event: ProgramEvent) => [event, event]],
    ['altered by some units', (event: ProgramEvent) => [altered(event, ENOUGH) ?? event]],
  ] as const)('a record that is %s shows as unexplained', (_, change) => {
    fc.assert(
      fc.property(anyDeeds, anyDeeds, anyPart, (earlier, deeds, part) => {
        const story = lived(earlier, deeds);
        const which = oneOf(story, part);
        fc.pre(which !== undefined);
        if (which === undefined) return;
        expect(tell(changed(story, which, change)).unexplained).not.toEqual([]);
      }),
      RUNS,
    );
  });

  it('a fee or a movement of the wallet that is not known shows, too', () => {
    const story = lived([], [{ deed: 'wallet', lamports: 5_000n, fee: 10n }]);
    expect(tell({ ...story, transactions: [] }).unexplained).toEqual([
      { what: 'SOL of the wallet', told: 10n ** 12n, chain: 10n ** 12n + 4_990n },
    ]);
  });

  it("others' records are not ours", () => {
    const story = lived([], [{ deed: 'deposit', market: 0, amount: 1_000_000n }]);
    const stranger = (event: ProgramEvent): ProgramEvent[] =>
      'user' in event ? [{ ...event, user: 'another' }] : [];
    const { events, unexplained } = tell(changed(story, [0, 0], stranger));
    expect(events).toEqual([]);
    expect(unexplained).toEqual([{ what: 'USDC of the sub-account', told: 0n, chain: 1_000_000n }]);
  });
});

import type {
  DriftState,
  PerpHolding,
  PerpMarketState,
  ScaledBalance,
  SpotMarketState,
} from '../../../../src/main/venues/drift/driftState.ts';
import type { ProgramEvent, TransactionEvents } from '../../../../src/main/venues/drift/programEvent.ts';
import { bothOf } from './driftAccounts.ts';
import { accountNumbers, solPerp } from './plainAccount.ts';

/** What may happen to an account, by whoever does it. Amounts in the program's units. */
export type Deed =
  | {
      readonly deed: 'deposit' | 'withdraw' | 'transferIn' | 'transferOut';
      readonly market: 0 | 1;
      readonly amount: bigint;
    }
  | {
      readonly deed: 'perpFill';
      readonly market: number;
      readonly isBuy: boolean;
      readonly isTaker: boolean;
      readonly size: bigint;
      readonly quote: bigint;
      readonly fee: bigint;
    }
  | {
      readonly deed: 'spotFill';
      readonly isBuy: boolean;
      readonly isTaker: boolean;
      readonly size: bigint;
      readonly quote: bigint;
      readonly fee: bigint;
    }
  | {
      readonly deed: 'keeper';
      readonly kind: 'perp' | 'spot';
      readonly market: number;
      readonly reward: bigint;
    }
  | { readonly deed: 'settle'; readonly market: number; readonly pnl: bigint }
  /** An hour's rate was paid: nothing is written into a position until it is touched. */
  | { readonly deed: 'fundingRate'; readonly market: number; readonly long: bigint; readonly short: bigint }
  | { readonly deed: 'fundingPayment'; readonly market: number }
  | {
      readonly deed: 'interest';
      readonly market: 0 | 1;
      readonly deposit: bigint;
      readonly borrow: bigint;
      /** In a transaction of somebody else's, which nobody shows us. */
      readonly isUnseen?: true;
    }
  | { readonly deed: 'wallet'; readonly lamports: bigint; readonly fee: bigint }
  | { readonly deed: 'oracle'; readonly price: bigint };

export const USER = '11111111111111111111111111111111';
const OTHER = 'So11111111111111111111111111111111111111112';
const UNIT = 10n ** 9n;
const FUNDING_UNIT = 10n ** 12n;

interface Balance {
  kind: ScaledBalance['kind'];
  scaled: bigint;
}
interface Position {
  size: bigint;
  quote: bigint;
  lastFunding: bigint;
}

/**
 * The program's bookkeeping as its source has it, written on its own: balances and positions in place, each deed with the
 * events that it emits. What it ends with, and what it said, is what a story is told from.
 */
export class ProgramModel {
  readonly #spot: readonly (SpotMarketState & { depositInterest: bigint; borrowInterest: bigint })[];
  readonly #markets: readonly PerpMarketState[];
  readonly #balances: readonly [Balance, Balance];
  readonly #perps: Position[];
  readonly #base: DriftState;
  readonly transactions: TransactionEvents[] = [];
  readonly #unseen = new Set<0 | 1>();
  #funding: { long: bigint; short: bigint }[];
  #oracle = 150_000_000n;
  #wallet = 10n ** 12n;
  #ts = 1_700_000_000;

  constructor() {
    const { state } = bothOf(accountNumbers({ perpMarkets: [solPerp({}), solPerp({}), solPerp({})] }));
    this.#base = state;
    this.#spot = state.spot.map((market) => ({ ...market }));
    this.#markets = state.perps;
    this.#funding = state.perps.map(() => ({ long: 0n, short: 0n }));
    this.#balances = [
      { kind: 'deposit', scaled: 0n },
      { kind: 'deposit', scaled: 0n },
    ];
    this.#perps = state.perps.map(() => ({ size: 0n, quote: 0n, lastFunding: 0n }));
  }

  /** Everything as it stands. */
  get state(): DriftState {
    const oracle = { price: this.#oracle, slot: 1n, confidence: 1n };
    return {
      ...this.#base,
      t: this.#ts * 1_000,
      wallet: this.#wallet,
      spot: this.#spot.map((market) => (market.market === 1 ? { ...market, oracle } : { ...market })),
      perps: this.#markets.map((market, i) => ({
        ...market,
        oracle,
        lastFundingOracleTwap: this.#oracle,
        cumulativeFundingLong: this.#funding[i]?.long ?? 0n,
        cumulativeFundingShort: this.#funding[i]?.short ?? 0n,
      })),
      user: {
        ...this.#base.user,
        address: USER,
        spot: this.#balances.map((held, market) => ({
          market,
          ...held,
          openOrders: 0,
          openBids: 0n,
          openAsks: 0n,
        })),
        perps: this.#perps.map((held, market) => ({ ...EMPTY_PERP, market, ...held })),
      },
    };
  }

  /** One transaction. */
  do(deed: Deed): void {
    this.#ts += 60;
    const events = this.#eventsOf(deed);
    const isWallet = deed.deed === 'wallet';
    if (isWallet) this.#wallet += deed.lamports - deed.fee;
    this.transactions.push({
      signature: `signature-${this.transactions.length}`,
      slot: this.transactions.length,
      ts: this.#ts,
      events,
      walletChange: isWallet ? deed.lamports - deed.fee : 0n,
      fee: isWallet ? deed.fee : 0n,
    });
  }

  #eventsOf(deed: Deed): ProgramEvent[] {
    const ts = this.#ts;
    switch (deed.deed) {
      case 'deposit':
      case 'transferIn':
        this.#update(deed.market, deed.amount, 'deposit', false);
        return [this.#depositRecord(deed.market, deed.amount, deed.deed === 'transferIn')];
      case 'withdraw':
      case 'transferOut':
        this.#update(deed.market, deed.amount, 'borrow', true);
        return [this.#depositRecord(deed.market, -deed.amount, deed.deed === 'transferOut')];
      case 'perpFill': {
        const settled = this.#settleFunding(deed.market);
        const held = this.#perp(deed.market);
        const before = held.size;
        held.size += deed.isBuy ? deed.size : -deed.size;
        held.quote += (deed.isBuy ? -deed.quote : deed.quote) - deed.fee;
        const isNewWay = before === 0n || before > 0n !== held.size > 0n;
        if (held.size !== 0n && isNewWay) held.lastFunding = this.#rate(deed.market, held.size);
        return [...settled, this.#fillRecord('perp', deed.market, deed)];
      }
      case 'spotFill': {
        this.#update(1, deed.size, deed.isBuy ? 'deposit' : 'borrow', false);
        const dollars = (deed.isBuy ? -deed.quote : deed.quote) - deed.fee;
        this.#update(0, dollars < 0n ? -dollars : dollars, dollars < 0n ? 'borrow' : 'deposit', false);
        return [...this.#interestRecord(0, 1), this.#fillRecord('spot', 1, deed)];
      }
      case 'keeper':
        if (deed.kind === 'spot') this.#update(0, deed.reward, 'borrow', false);
        else this.#perp(deed.market).quote -= deed.reward;
        return [
          ...(deed.kind === 'spot' ? this.#interestRecord(0) : []),
          {
            type: 'orderAction',
            ts,
            action: 'cancel',
            why: 'orderExpired',
            kind: deed.kind,
            market: deed.kind === 'spot' ? 1 : deed.market,
            user: USER,
            orderId: 1,
            reward: deed.reward,
            oracle: this.#oracle,
          },
        ];
      case 'settle': {
        const settled = this.#settleFunding(deed.market);
        this.#update(0, deed.pnl < 0n ? -deed.pnl : deed.pnl, deed.pnl < 0n ? 'borrow' : 'deposit', false);
        this.#perp(deed.market).quote -= deed.pnl;
        return [
          ...this.#interestRecord(0),
          ...settled,
          { type: 'settlement', ts, user: USER, market: deed.market, pnl: deed.pnl, oracle: this.#oracle },
        ];
      }
      case 'fundingRate': {
        const funding = this.#funding[deed.market];
        if (funding !== undefined)
          this.#funding[deed.market] = { long: funding.long + deed.long, short: funding.short + deed.short };
        return [{ type: 'fundingRate', ts, market: deed.market, rate: deed.long, oracleTwap: this.#oracle }];
      }
      case 'fundingPayment':
        return this.#settleFunding(deed.market);
      case 'interest': {
        const market = this.#spotMarket(deed.market);
        market.depositInterest += deed.deposit;
        market.borrowInterest += deed.borrow;
        if (deed.isUnseen === true) {
          this.#unseen.add(deed.market);
          return [];
        }
        return this.#interestRecord(deed.market);
      }
      case 'oracle':
        this.#oracle = deed.price;
        return [];
      case 'wallet':
        return [];
    }
  }

  /** `update_spot_balances`. */
  #update(index: 0 | 1, amount: bigint, way: ScaledBalance['kind'], isLeaving: boolean): void {
    const market = this.#spotMarket(index);
    const held = this.#balances[index];
    const scale = 10n ** BigInt(19 - market.decimals);
    const interest = (kind: ScaledBalance['kind']): bigint =>
      kind === 'deposit' ? market.depositInterest : market.borrowInterest;
    const balanceOf = (tokens: bigint, kind: ScaledBalance['kind'], roundUp: boolean): bigint => {
      const balance = (tokens * scale) / interest(kind);
      return balance !== 0n && roundUp ? balance + 1n : balance;
    };
    if (held.kind === way) {
      held.scaled += balanceOf(amount, way, way === 'borrow');
      return;
    }
    const product = held.scaled * interest(held.kind);
    const has = held.kind === 'deposit' ? product / scale : (product + scale - 1n) / scale;
    let left = amount;
    if (has > amount) {
      held.scaled -= balanceOf(amount, held.kind, isLeaving || held.kind === 'borrow');
      left = 0n;
    } else if (has !== 0n) {
      held.scaled = 0n;
      left -= has;
    }
    if (left === 0n) return;
    held.kind = way;
    held.scaled += balanceOf(left, way, way === 'borrow');
  }

  /** `settle_funding_payment`. */
  #settleFunding(index: number): ProgramEvent[] {
    const held = this.#perp(index);
    const funding = this.#funding[index] ?? { long: 0n, short: 0n };
    const rate = this.#rate(index, held.size);
    if (held.size === 0n || rate === held.lastFunding) return [];
    const paid = ((rate - held.lastFunding) * held.size) / FUNDING_UNIT;
    held.quote -= paid;
    held.lastFunding = rate;
    return [
      {
        type: 'fundingPayment',
        ts: this.#ts,
        user: USER,
        market: index,
        payment: -paid,
        size: held.size,
        cumulativeLong: funding.long,
        cumulativeShort: funding.short,
      },
    ];
  }

  #rate(index: number, size: bigint): bigint {
    const funding = this.#funding[index] ?? { long: 0n, short: 0n };
    return size > 0n ? funding.long : funding.short;
  }

  /** As the program brings interest up to the moment before it moves tokens, where nobody else has in the same second. */
  #interestRecord(...markets: readonly (0 | 1)[]): ProgramEvent[] {
    return markets
      .filter((market) => !this.#unseen.has(market))
      .map((market) => {
        const { depositInterest, borrowInterest } = this.#spotMarket(market);
        return { type: 'interest', ts: this.#ts, market, depositInterest, borrowInterest };
      });
  }

  #depositRecord(market: 0 | 1, tokens: bigint, isTransfer: boolean): ProgramEvent {
    const { depositInterest, borrowInterest } = this.#spotMarket(market);
    const oracle = market === 1 ? this.#oracle : 1_000_000n;
    const [ts, user] = [this.#ts, USER];
    return { type: 'deposit', ts, user, market, tokens, isTransfer, oracle, depositInterest, borrowInterest };
  }

  #fillRecord(
    kind: 'perp' | 'spot',
    market: number,
    deed: Deed & { readonly isTaker: boolean },
  ): ProgramEvent {
    if (deed.deed !== 'perpFill' && deed.deed !== 'spotFill') throw new TypeError('no fill');
    const { size, quote, fee, isBuy, isTaker } = deed;
    const side = (user: string, buys: boolean, its: bigint) =>
      ({
        user,
        orderId: 1,
        side: buys ? 'buy' : 'sell',
        fee: its,
        orderSize: size,
        orderFilled: size,
        orderQuote: quote,
      }) as const;
    const [ours, others] = [side(USER, isBuy, fee), side(OTHER, !isBuy, 7n)];
    return {
      type: 'fill',
      ts: this.#ts,
      kind,
      market,
      size,
      quote,
      oracle: this.#oracle,
      taker: isTaker ? ours : others,
      maker: isTaker ? others : ours,
      isLiquidation: false,
    };
  }

  #perp(index: number): Position {
    const held = this.#perps[index];
    if (held === undefined) throw new RangeError('no such market');
    return held;
  }

  #spotMarket(index: 0 | 1): SpotMarketState & { depositInterest: bigint; borrowInterest: bigint } {
    const market = this.#spot[index];
    if (market === undefined) throw new RangeError('no such market');
    return market;
  }
}

const EMPTY_PERP: Omit<PerpHolding, 'market' | 'size' | 'quote' | 'lastFunding'> = {
  quoteEntry: 0n,
  openOrders: 0,
  openBids: 0n,
  openAsks: 0n,
  settledPnl: 0n,
  marginRatio: 0,
  lpShares: 0n,
  isIsolated: false,
  isolated: 0n,
};

export const dollarsFor = (size: bigint, price: bigint): bigint => (size * price) / UNIT;

/**
 * Recomputes a run's figures from the lines of its event log and from nothing else, to hold them against its report.
 * It knows the log's format (contract.md, "The event log") and shares no code with the program: its own decimals, its
 * own books. `node tests/support/recompute.ts FILE` prints what it finds as one JSON object.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Every amount is a bigint of this many decimals: a size (9) × a price (9) × a rate (12) still fits exactly. */
const DECIMALS = 36;
const ONE = 10n ** BigInt(DECIMALS);
const MICRO = ONE / 1_000_000n;
const GAS_ASSET = 'SOL';

export type Data = { readonly [key: string]: string | number | boolean | Data };

/** One line of an event log. */
export interface Line {
  readonly seq: number;
  readonly t: number;
  readonly type: string;
  readonly data: Data;
}

/** The run's books right after a line. Amounts have 36 decimals. */
export interface Standing {
  readonly line: Line;
  readonly cash: bigint;
  /** By asset, the wallet's gas SOL included. */
  readonly spot: ReadonlyMap<string, bigint>;
  /** By market, signed. */
  readonly perp: ReadonlyMap<string, bigint>;
  readonly quote: ReadonlyMap<string, bigint>;
  /** By asset, as last told. */
  readonly oracle: ReadonlyMap<string, bigint>;
  /** SOL of the wallet, taken as all the SOL that the run began with. */
  readonly wallet: bigint;
  readonly parts: Readonly<Record<Part, bigint>>;
  readonly transfers: bigint;
  /** What was found and accepted without an explanation: neither PnL nor a transfer. */
  readonly adjustments: bigint;
  /** What the whole opening equity and every transfer would hold, had it all been turned into SOL. */
  readonly holding: { readonly sol: bigint; readonly paid: bigint };
}

const PARTS = ['funding', 'price', 'fees', 'slippage', 'interest'] as const;
export type Part = (typeof PARTS)[number];

/** What a log says that its run did, under the names of the report. */
export interface Recomputed {
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  readonly valuations: number;
  readonly eventLogHash: string;
  readonly equityStart: string;
  readonly equityEnd: string;
  readonly netTransfers: string;
  readonly pnl: Readonly<Record<Part | 'total', string>>;
  readonly justHolding: { readonly pnlTotal: string };
  readonly entries: number;
  readonly exits: number;
  readonly trades: number;
  readonly rebalances: { readonly up: number; readonly down: number };
  readonly skipped: { readonly cooldown: number; readonly minimum: number };
  readonly blocked: Readonly<Record<string, number>>;
  readonly fundingPayments: number;
  readonly settlements: number;
  readonly liquidated: boolean;
  /** What stood between the legs of two-leg trades at the worst, while no outcome was unknown. */
  readonly maxUnhedgedUsd: string;
  readonly maxUnhedgedMs: number;
  /** Everything in the log that does not hold. */
  readonly problems: readonly string[];
}

/** The amount that a plain decimal writes. */
export function decimal(text: string): bigint {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`"${text}" is no decimal`);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return text.startsWith('-') ? -digits : digits;
}

/** The shortest decimal that writes an amount exactly. */
export function written(amount: bigint): string {
  const digits = magnitude(amount)
    .toString()
    .padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  const text = digits.slice(0, -DECIMALS) + (fraction === '' ? '' : `.${fraction}`);
  return amount < 0n ? `-${text}` : text;
}

/** The product, which must need no rounding. */
export function times(a: bigint, b: bigint): bigint {
  if ((a * b) % ONE !== 0n)
    throw new Error(`${written(a)} × ${written(b)} has more than ${DECIMALS} decimals`);
  return (a * b) / ONE;
}

export const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** The lines of a log, as they stand in its file. */
export function linesOf(log: string): readonly Line[] {
  return log
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
}

/** A text of a line's data; throws where there is none. */
export function textOf(data: Data, key: string): string {
  const found = data[key];
  if (typeof found !== 'string') throw new Error(`no text "${key}" in ${JSON.stringify(data)}`);
  return found;
}

/** A decimal of a line's data; throws where there is none. */
export const amountOf = (data: Data, key: string): bigint => decimal(textOf(data, key));

/** Decimals by name: `spot`, `perp`, `oracle` of a standing line. */
export function amountsOf(data: Data, key: string): ReadonlyMap<string, bigint> {
  const found = data[key];
  if (typeof found !== 'object') throw new Error(`no object "${key}" in ${JSON.stringify(data)}`);
  return new Map(Object.keys(found).map((name) => [name, amountOf(found, name)]));
}

const assetOf = (market: string): string => market.replace(/-PERP$/, '');
const isPerp = (market: string): boolean => market.endsWith('-PERP');
const of = (amounts: ReadonlyMap<string, bigint>, name: string): bigint => amounts.get(name) ?? 0n;
const signOf = (data: Data): bigint => (textOf(data, 'side') === 'buy' ? 1n : -1n);

/** Cash + perp quote + (spot + perp) × oracle. */
export function equityOf({ cash, spot, perp, quote, oracle }: Standing): bigint {
  let equity = cash;
  for (const owed of quote.values()) equity += owed;
  for (const [asset, held] of spot) equity += times(held, of(oracle, asset));
  for (const [market, held] of perp) equity += times(held, of(oracle, assetOf(market)));
  return equity;
}

export const totalOf = (parts: Standing['parts']): bigint =>
  PARTS.reduce((sum, part) => sum + parts[part], 0n);

/** SOL of the sub-account alone: what the hedge is measured against. */
export const hedgeableOf = ({ spot, wallet }: Standing): bigint => of(spot, GAS_ASSET) - wallet;

/** |net delta| in percent of hedgeable spot, for people. */
export function driftPctOf(standing: Standing): number {
  const spot = hedgeableOf(standing);
  const perp = of(standing.perp, 'SOL-PERP');
  if (spot <= 0n) return perp === 0n ? 0 : 100;
  return (Number(magnitude(spot + perp)) / Number(spot)) * 100;
}

/** The books of a run, rebuilt event by event. */
class Ledger {
  readonly spot: Map<string, bigint>;
  readonly perp: Map<string, bigint>;
  readonly quote: Map<string, bigint>;
  readonly oracle: Map<string, bigint>;
  readonly parts: Record<Part, bigint> = { funding: 0n, price: 0n, fees: 0n, slippage: 0n, interest: 0n };
  cash: bigint;
  wallet: bigint;
  transfers = 0n;
  adjustments = 0n;
  holding: Standing['holding'];

  constructor({ data }: Line) {
    this.cash = amountOf(data, 'cash');
    this.spot = new Map(amountsOf(data, 'spot'));
    this.perp = new Map(amountsOf(data, 'perp'));
    this.oracle = new Map(amountsOf(data, 'oracle'));
    // What a position that was there before is owed is told; where it isn't, it was entered at the oracle.
    const told = new Map(data['perpQuote'] === undefined ? [] : amountsOf(data, 'perpQuote'));
    this.quote = new Map(
      [...this.perp].map(([market, size]) => [
        market,
        told.get(market) ?? -times(size, this.#at(assetOf(market))),
      ]),
    );
    this.wallet = of(this.spot, GAS_ASSET);
    const equity = amountOf(data, 'equity');
    this.holding = { sol: solFor(equity, this.#at(GAS_ASSET)), paid: equity };
  }

  hear({ type, data }: Line): void {
    switch (type) {
      case 'FILL':
        this.#fill(data);
        break;
      case 'FUNDING': {
        this.#add(this.quote, textOf(data, 'market'), amountOf(data, 'amount'));
        this.parts.funding += amountOf(data, 'amount');
        break;
      }
      case 'SETTLEMENT':
        this.#add(this.quote, textOf(data, 'market'), -amountOf(data, 'amount'));
        this.cash += amountOf(data, 'amount');
        break;
      case 'INTEREST':
        this.parts.interest += this.#move(data, 1n);
        break;
      case 'COST':
        this.parts.fees += this.#move(data, -1n);
        if (textOf(data, 'asset') === GAS_ASSET) this.wallet -= amountOf(data, 'amount');
        break;
      case 'TRANSFER': {
        const worth = this.#move(data, 1n);
        if (data['of'] === 'wallet') this.wallet += amountOf(data, 'amount');
        const { sol, paid } = this.holding;
        this.transfers += worth;
        this.holding = { sol: sol + solFor(worth, this.#at(GAS_ASSET)), paid: paid + worth };
        break;
      }
      case 'ADJUSTMENT':
        this.#adjust(data);
        break;
      case 'VALUATION':
      case 'CLOSING':
        for (const [asset, price] of amountsOf(data, 'oracle')) this.#mark(asset, price);
        break;
      default:
    }
  }

  standing(line: Line): Standing {
    const { cash, wallet, transfers, adjustments, holding } = this;
    const [spot, perp, quote] = [new Map(this.spot), new Map(this.perp), new Map(this.quote)];
    const oracle = new Map(this.oracle);
    return {
      line,
      cash,
      spot,
      perp,
      quote,
      oracle,
      wallet,
      parts: { ...this.parts },
      transfers,
      adjustments,
      holding,
    };
  }

  #fill(data: Data): void {
    const market = textOf(data, 'market');
    const oracle = amountOf(data, 'oracle');
    this.#mark(assetOf(market), oracle);
    const change = signOf(data) * amountOf(data, 'size');
    const paid =
      data['quote'] === undefined
        ? times(change, amountOf(data, 'price'))
        : signOf(data) * amountOf(data, 'quote');
    const fee = amountOf(data, 'fee');
    if (isPerp(market)) {
      this.#add(this.perp, market, change);
      this.#add(this.quote, market, -paid);
    } else {
      this.#add(this.spot, market, change);
      this.cash -= paid;
    }
    if (data['feeFrom'] === 'position') this.#add(this.quote, market, -fee);
    else this.cash -= fee;
    this.parts.fees -= fee;
    this.parts.slippage += times(change, oracle) - paid;
  }

  /** Moves an amount of cash or spot in (1) or out (-1); what that is worth at its oracle. */
  #move(data: Data, sign: bigint): bigint {
    const asset = textOf(data, 'asset');
    const amount = sign * amountOf(data, 'amount');
    if (asset === 'USDC') {
      if (data['market'] === undefined) this.cash += amount;
      else this.#add(this.quote, textOf(data, 'market'), amount);
      return times(amount, amountOf(data, 'oracle'));
    }
    this.#mark(asset, amountOf(data, 'oracle'));
    this.#add(this.spot, asset, amount);
    return times(amount, this.#at(asset));
  }

  /** What was accepted without an explanation: equity changes by it, and no part of PnL does. */
  #adjust(data: Data): void {
    const [account, amount] = [textOf(data, 'account'), amountOf(data, 'amount')];
    const market = account === 'position' || account === 'quote' ? textOf(data, 'market') : GAS_ASSET;
    if (account === 'cash' || account === 'quote') {
      if (account === 'cash') this.cash += amount;
      else this.#add(this.quote, market, amount);
      this.adjustments += amount;
      return;
    }
    this.#mark(assetOf(market), amountOf(data, 'oracle'));
    if (account === 'position') this.#add(this.perp, market, amount);
    else this.#add(this.spot, market, amount);
    if (account === 'wallet') this.wallet += amount;
    this.adjustments += times(amount, this.#at(assetOf(market)));
  }

  /** A new oracle: what is held of the asset has gained the difference. */
  #mark(asset: string, price: bigint): void {
    let held = of(this.spot, asset);
    for (const [market, size] of this.perp) if (assetOf(market) === asset) held += size;
    const before = this.oracle.get(asset) ?? price;
    this.parts.price += times(held, price - before);
    this.oracle.set(asset, price);
  }

  #at(asset: string): bigint {
    const price = this.oracle.get(asset);
    if (price === undefined) throw new Error(`no oracle of ${asset}`);
    return price;
  }

  #add(amounts: Map<string, bigint>, name: string, change: bigint): void {
    amounts.set(name, of(amounts, name) + change);
  }
}

/** SOL that an amount buys, cut at the nine decimals that SOL has. */
function solFor(amount: bigint, price: bigint): bigint {
  return (((amount * 1_000_000_000n) / price) * ONE) / 1_000_000_000n;
}

/** The run's books after every line. */
export function* standings(lines: readonly Line[]): Generator<Standing> {
  const [opening, ...later] = lines;
  if (opening?.type !== 'OPENING') throw new Error('the log does not begin with OPENING');
  const ledger = new Ledger(opening);
  yield ledger.standing(opening);
  for (const line of later) {
    ledger.hear(line);
    yield ledger.standing(line);
  }
}

/** What a line of a standing kind says beside what its books say. */
function disagreement(standing: Standing): string | undefined {
  const { data, type } = standing.line;
  const said: readonly (readonly [string, bigint, bigint])[] = [
    ['cash', amountOf(data, 'cash'), standing.cash],
    ['equity', amountOf(data, 'equity'), equityOf(standing)],
    ...pairs('spot', amountsOf(data, 'spot'), standing.spot),
    ...pairs('perp', amountsOf(data, 'perp'), standing.perp),
  ];
  const wrong = said.find(([, told, found]) => told !== found);
  if (wrong === undefined) return undefined;
  const [what, told, found] = wrong;
  return `${type} says ${what} is ${written(told)}, and it is ${written(found)}`;
}

function pairs(
  what: string,
  told: ReadonlyMap<string, bigint>,
  found: ReadonlyMap<string, bigint>,
): readonly (readonly [string, bigint, bigint])[] {
  const names = [...new Set([...told.keys(), ...found.keys()])];
  return names.map((name) => [`${what}.${name}`, of(told, name), of(found, name)] as const);
}

/**
 * Whose log it is. Paper carries what it cuts of a payment of funding to the next, and all of it goes by one clock. A
 * network cuts each payment by itself, and what it tells of has the network's time, which may lie before what was noted.
 */
export type LogOf = 'paper' | 'a network';

/** −size × price × rate, cut to a millionth. */
class FundingCheck {
  readonly #of: LogOf;
  readonly #owed = new Map<string, bigint>();

  constructor(logOf: LogOf) {
    this.#of = logOf;
  }

  problem({ data }: Line, held: bigint): string | undefined {
    const market = textOf(data, 'market');
    const size = amountOf(data, 'size');
    if (size !== held) return `FUNDING on ${written(size)}, and ${written(held)} are held`;
    const exact = -times(times(size, amountOf(data, 'price')), amountOf(data, 'rate'));
    const owed = of(this.#owed, market) + exact - amountOf(data, 'amount');
    if (this.#of === 'a network') {
      // The rate is worked out from the payment, to the nearest trillionth.
      const most = MICRO + times(magnitude(size), amountOf(data, 'price')) / 1_000_000_000_000n;
      return magnitude(owed) < most
        ? undefined
        : `FUNDING of ${textOf(data, 'amount')} is not what its rate says`;
    }
    this.#owed.set(market, owed);
    const carried = owed >= 0n && owed < MICRO;
    return carried ? undefined : `FUNDING of ${textOf(data, 'amount')} leaves ${written(owed)} unpaid`;
  }
}

/**
 * What stands between the two legs of entries and exits. A trade's purpose is that of the decision before it: the
 * n-th trade has the orders tn-1 and tn-2. While an outcome is unknown the clock stands, and begins again with it.
 */
class UnhedgedWatch {
  readonly #counted = new Set<string>();
  #trades = 0;
  #gap = 0n;
  #since = 0;
  #unknown = false;
  maxUsd = 0n;
  maxMs = 0;

  hear({ type, t, data }: Line, sol: bigint): void {
    if (type === 'DECISION' && data['action'] === 'trade') {
      this.#trades += 1;
      const repairs = data['purpose'] === 'finishLeg' || data['purpose'] === 'undoLeg';
      if (repairs || data['market2'] !== undefined) this.#counted.add(`t${this.#trades}`);
    }
    this.#look(t, sol);
    if (type === 'ALERT' && data['code'] === 'OUTCOME_UNKNOWN') this.#unknown = true;
    if (type === 'DECISION' && data['action'] === 'resolved') {
      this.#unknown = false;
      this.#since = t;
    }
    if (type === 'COST' && data['kind'] === 'liquidation') this.#gap = 0n;
    if (type !== 'FILL' || !this.#counted.has(textOf(data, 'orderId').split('-')[0] ?? '')) return;
    if (this.#gap === 0n) this.#since = t;
    this.#gap += signOf(data) * amountOf(data, 'size');
    this.#look(t, sol);
  }

  #look(t: number, sol: bigint): void {
    if (this.#gap === 0n) return;
    const worth = magnitude(times(this.#gap, sol));
    if (worth > this.maxUsd) this.maxUsd = worth;
    if (!this.#unknown && t - this.#since > this.maxMs) this.maxMs = t - this.#since;
  }
}

/** What a run did, counted from its lines. */
class Counts {
  readonly byName = new Map<string, number>();
  readonly blocked = new Map<string, number>();

  hear({ type, data }: Line): void {
    this.#add(this.byName, type);
    if (type === 'COST') this.#add(this.byName, `COST ${textOf(data, 'kind')}`);
    if (type === 'BLOCKED') this.#add(this.blocked, textOf(data, 'code'));
    if (type !== 'DECISION') return;
    const action = textOf(data, 'action');
    if (action === 'skip') this.#add(this.byName, `skip ${textOf(data, 'reason')}`);
    else if (action === 'rebalanced') this.#add(this.byName, `rebalanced ${textOf(data, 'direction')}`);
    else this.#add(this.byName, action);
  }

  of(name: string): number {
    return this.byName.get(name) ?? 0;
  }

  #add(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
}

/** Keys sorted, no spaces, nothing that JSON writes in another way. */
function isCanonical(text: string, line: Line): boolean {
  return text === JSON.stringify(line) && hasSortedKeys(line as unknown as Data);
}

function hasSortedKeys(data: Data): boolean {
  const keys = Object.keys(data);
  return (
    keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') < key) &&
    Object.values(data).every((one) => typeof one !== 'object' || hasSortedKeys(one))
  );
}

/** What is wrong with a line as such, before what it says is looked at. */
function shapeProblem(text: string, line: Line, before: Line | undefined, logOf: LogOf): string | undefined {
  if (!isCanonical(text, line)) return 'is not canonical JSON';
  if (line.seq !== (before?.seq ?? 0) + 1) return `follows ${before?.seq ?? 0}`;
  if (logOf === 'paper' && before !== undefined && line.t < before.t)
    return 'is earlier than the line before';
  if ((line.type === 'OPENING') !== (before === undefined)) return 'is out of place';
  return undefined;
}

/** Everything that a log tells of its run. */
export function recompute(log: string, logOf: LogOf = 'paper'): Recomputed {
  const lines = linesOf(log);
  const [first, last] = [lines.at(0), lines.at(-1)];
  const problems: string[] = [];
  const note = (line: Line, problem: string | undefined): void => {
    if (problem !== undefined) problems.push(`line ${line.seq} ${problem}`);
  };
  if (!log.endsWith('\n')) problems.push('the last line has no end');
  if (last?.type !== 'CLOSING') problems.push('the log does not end with CLOSING');
  for (const [i, text] of log.trimEnd().split('\n').entries()) {
    const line = lines[i];
    if (line !== undefined) note(line, shapeProblem(text, line, lines[i - 1], logOf));
  }

  const counts = new Counts();
  const funding = new FundingCheck(logOf);
  const unhedged = new UnhedgedWatch();
  let start: Standing | undefined;
  let end: Standing | undefined;
  for (const standing of standings(lines)) {
    const { line } = standing;
    start ??= standing;
    end = standing;
    counts.hear(line);
    unhedged.hear(line, of(standing.oracle, GAS_ASSET));
    if (line.type === 'FUNDING')
      note(line, funding.problem(line, of(standing.perp, textOf(line.data, 'market'))));
    if (!['OPENING', 'VALUATION', 'CLOSING'].includes(line.type)) continue;
    note(line, disagreement(standing));
    const gained = equityOf(standing) - equityOf(start) - standing.transfers - standing.adjustments;
    if (gained !== totalOf(standing.parts))
      note(line, `has gained ${written(gained)}, and its parts are not that`);
  }
  if (start === undefined || end === undefined || first === undefined) throw new Error('the log is empty');

  return {
    from: first.t,
    to: end.line.t,
    lines: lines.length,
    valuations: counts.of('VALUATION'),
    eventLogHash: createHash('sha256').update(log).digest('hex'),
    equityStart: written(equityOf(start)),
    equityEnd: written(equityOf(end)),
    netTransfers: written(end.transfers),
    pnl: {
      funding: written(end.parts.funding),
      price: written(end.parts.price),
      fees: written(end.parts.fees),
      slippage: written(end.parts.slippage),
      interest: written(end.parts.interest),
      total: written(totalOf(end.parts)),
    },
    justHolding: {
      pnlTotal: written(times(end.holding.sol, of(end.oracle, GAS_ASSET)) - end.holding.paid),
    },
    entries: counts.of('enter'),
    exits: counts.of('exit'),
    trades: counts.of('FILL'),
    rebalances: { up: counts.of('rebalanced up'), down: counts.of('rebalanced down') },
    skipped: { cooldown: counts.of('skip cooldown'), minimum: counts.of('skip minimum') },
    blocked: Object.fromEntries(counts.blocked),
    fundingPayments: counts.of('FUNDING'),
    settlements: counts.of('SETTLEMENT'),
    liquidated: counts.of('COST liquidation') > 0,
    maxUnhedgedUsd: written(unhedged.maxUsd),
    maxUnhedgedMs: unhedged.maxMs,
    problems,
  };
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('which file? node tests/support/recompute.ts FILE');
  process.stdout.write(`${JSON.stringify(recompute(readFileSync(file, 'utf8')))}\n`);
}

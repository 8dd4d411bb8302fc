/**
 * The matcher of the paper exchange beside `nodejs-order-book`, on the same messages in the same process. Every fill of
 * the two is compared before anything is timed. Run by `npm run -s bench`, or alone: `node tests/bench/matcherBench.ts`.
 */
import { OrderBook, Side, type LimitOrderOptions, type IProcessOrder } from 'nodejs-order-book';
import { lots } from '../../src/main/venues/paper/exchange/grid.ts';
import { Matcher } from '../../src/main/venues/paper/exchange/matcher.ts';
import { figure, quantile } from './figures.ts';
import { matcherStream, type Message } from './matcherStream.ts';

const MESSAGES = 300_000;
const SEED = 20_260_101;
const ROUNDS = 5;

/** Maker, price, size, what is left of the maker: four numbers a fill. */
type Fills = number[];

/** Does one message and returns the lots that it took; writes its fills down if it is given a place. */
type Play = (message: Message, fills?: Fills) => number;

/** Orders are taken and rested as the exchange does it. */
function ours(): Play {
  const book = new Matcher();
  return (message, fills) => {
    if (message.kind === 'cancel') {
      book.cancel(message.id);
      return 0;
    }
    const { id, side, lots: size, ticks } = message;
    let left: number = size;
    for (const match of book.take(id, side, size, ticks)) {
      left -= match.lots;
      fills?.push(match.makerId, match.ticks, match.lots, match.makerLeft);
    }
    if (message.kind === 'limit' && left > 0) book.rest(id, id, side, ticks, lots(left));
    return size - left;
  };
}

/** What the peer is called with, made before the clock runs. Its prices and sizes are the same whole numbers. */
type PeerCall =
  | { readonly kind: 'limit' | 'market'; readonly options: LimitOrderOptions }
  | { readonly kind: 'cancel'; readonly id: string };

const IOC = 'IOC' as NonNullable<LimitOrderOptions['timeInForce']>;
const PEER_SIDES = { buy: Side.BUY, sell: Side.SELL } as const;

function peerCall(message: Message): PeerCall {
  // With a letter before: the peer is slower with ids that look like numbers.
  const id = `o${message.id}`;
  if (message.kind === 'cancel') return { kind: 'cancel', id };
  const options = { id, side: PEER_SIDES[message.side], size: message.lots, price: message.ticks };
  if (message.kind === 'market') return { kind: 'market', options };
  return { kind: 'limit', options: message.kind === 'ioc' ? { ...options, timeInForce: IOC } : options };
}

function peer(): (call: PeerCall, fills?: Fills) => number {
  const book = new OrderBook();
  return (call, fills) => {
    if (call.kind === 'cancel') {
      book.cancel(call.id);
      return 0;
    }
    const { options } = call;
    const reply = call.kind === 'market' ? book.market(options) : book.limit(options);
    if (reply.err !== null) throw new Error(`The peer refused ${options.id}: ${reply.err.message}`);
    if (fills !== undefined) writePeerFills(reply, options.id, fills);
    return options.size - reply.quantityLeft;
  };
}

/** Makers filled whole are in `done`, with the taker itself behind them; one filled in part is in `partial`. */
function writePeerFills(reply: IProcessOrder, taker: string, fills: Fills): void {
  for (const order of reply.done)
    if (order.id !== taker && 'price' in order)
      fills.push(Number(order.id.slice(1)), order.price, order.size, 0);
  const { partial } = reply;
  if (partial !== null && partial.id !== taker)
    fills.push(Number(partial.id.slice(1)), partial.price, reply.partialQuantityProcessed, partial.size);
}

/** @throws Error at the first fill, or first size taken, in which the two differ */
function assertEqualFills(messages: readonly Message[], calls: readonly PeerCall[]): number {
  const play = ours();
  const playPeer = peer();
  let fills = 0;
  for (const [at, message] of messages.entries()) {
    const call = calls[at];
    if (call === undefined) throw new Error(`There is no call for message ${at}.`);
    const own: Fills = [];
    const theirs: Fills = [];
    const taken = play(message, own);
    const takenThere = playPeer(call, theirs);
    if (taken !== takenThere || own.length !== theirs.length || own.some((n, i) => n !== theirs[i]))
      throw new Error(`Message ${at} filled ${own.join(' ')} here and ${theirs.join(' ')} there.`);
    fills += own.length / 4;
  }
  return fills;
}

/** Messages a second, and the lots that were taken, so that no work can be left out. */
function timed<Call>(calls: readonly Call[], play: (call: Call) => number): { rate: number; taken: number } {
  let taken = 0;
  const started = performance.now();
  for (const call of calls) taken += play(call);
  return { rate: (calls.length * 1_000) / (performance.now() - started), taken };
}

function latencies(messages: readonly Message[]): Float64Array {
  const play = ours();
  return Float64Array.from(messages, (message) => {
    const started = performance.now();
    play(message);
    return (performance.now() - started) * 1_000;
  }).sort();
}

export function matcherBench(): void {
  const messages = matcherStream(MESSAGES, SEED);
  const calls = messages.map(peerCall);
  const fills = assertEqualFills(messages, calls);
  let best = 0;
  let bestOfPeer = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = timed(messages, ours());
    const theirs = timed(calls, peer());
    if (own.taken !== theirs.taken) throw new Error('The two took differently while they were timed.');
    best = Math.max(best, own.rate);
    bestOfPeer = Math.max(bestOfPeer, theirs.rate);
  }
  figure('matcher, fills equal to those of the peer', fills, 'fills');
  figure('matcher', best, 'orders/s');
  figure('matcher, the peer on the same orders', bestOfPeer, 'orders/s', { peer: 'nodejs-order-book' });
  figure('matcher, times as fast as the peer', best / bestOfPeer, 'x');
  figure('matcher, one order p99', quantile(latencies(messages), 0.99), 'us');
}

if (import.meta.main) matcherBench();

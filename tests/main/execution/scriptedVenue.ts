import type { OrderReport, OrderRequest } from '../../../src/main/domain/order.ts';
import { SimulatedFeed } from '../../../src/main/market/simulated/simulatedFeed.ts';
import { SIMULATION_SETTINGS } from '../../../src/main/market/simulationSettings.ts';
import { PAPER_SETTINGS } from '../../../src/main/venues/paper/paperSettings.ts';
import { PaperVenue } from '../../../src/main/venues/paper/paperVenue.ts';
import type { PlaceReply, QueryReply } from '../../../src/main/venues/venue.ts';
import { parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { readGroup } from '../../../src/shared/settings/group.ts';
import { holdingsOf } from '../../support/accounts.ts';

export const START_MS = Date.UTC(2026, 0, 1);

/** A reply, or what the venue's client throws. */
export type Scripted<Reply> = Reply | Error;

/**
 * The paper venue on a quiet simulated market, with a rich account. Replies that a paper venue can't give are put in
 * by a script, which comes first; what the script does not answer the paper venue does.
 */
export class ScriptedVenue extends PaperVenue {
  readonly feed: SimulatedFeed;
  readonly placed: OrderRequest[] = [];
  /** Called when an order arrives, before it is answered. */
  arrived: (order: OrderRequest) => void = () => undefined;
  readonly #places: Scripted<PlaceReply>[] = [];
  readonly #queries: Scripted<QueryReply>[] = [];

  constructor() {
    const feed = new SimulatedFeed(7, START_MS, readGroup(SIMULATION_SETTINGS, {}));
    super(feed, readGroup(PAPER_SETTINGS, {}), holdingsOf({ cash: '100000', spot: '10' }, '1'));
    this.feed = feed;
  }

  /** Moves the market and the venue on. */
  moveTo(t: number): void {
    this.feed.seek(t);
    this.advance(t, this.feed.takeFunding());
  }

  answerOrders(...replies: readonly Scripted<PlaceReply>[]): this {
    this.#places.push(...replies);
    return this;
  }

  answerQueries(...replies: readonly Scripted<QueryReply>[]): this {
    this.#queries.push(...replies);
    return this;
  }

  override async place(order: OrderRequest): Promise<PlaceReply> {
    this.placed.push(order);
    this.arrived(order);
    const scripted = this.#places.shift();
    if (scripted instanceof Error) throw scripted;
    return scripted ?? super.place(order);
  }

  override async query(clientOrderId: string): Promise<QueryReply> {
    const scripted = this.#queries.shift();
    if (scripted instanceof Error) throw scripted;
    return scripted ?? super.query(clientOrderId);
  }
}

/** A venue's report with what a test does not care about filled in. */
export function reportOf(
  clientOrderId: string,
  status: OrderReport['status'],
  filled = '0',
  rejection?: OrderReport['rejection'],
): Extract<PlaceReply, { kind: 'report' }> {
  const report = {
    clientOrderId,
    status,
    filled: parseBase(filled),
    quote: parseUsd(filled === '0' ? '0' : '150.25'),
    fee: parseUsd(filled === '0' ? '0' : '0.15025'),
  };
  return { kind: 'report', report: rejection === undefined ? report : { ...report, rejection } };
}

export const NO_REPLY: PlaceReply = { kind: 'noReply', cause: 'the order timed out' };

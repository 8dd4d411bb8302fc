import { afterEach, beforeAll, beforeEach } from 'vitest';

import { parseBase, parsePrice } from '../../../src/shared/money/decimal.ts';
import { usd } from '../../../src/shared/money/quantity.ts';
import type { OrderReport, OrderRequest } from '../../../src/main/domain/order.ts';
import type { DriftVenue } from '../../../src/main/venues/drift/driftVenue.ts';
import type { PlaceReply } from '../../../src/main/venues/venue.ts';
import type { DriftPlace, DriftWorld } from '../driftConformance.ts';

const CASH = 10_000_000_000n;
const MINUTE_MS = 60_000;

/** One test's own chain, with a trader of $10,000 in sub-account 0. */
export class Scene {
  readonly place: DriftPlace;
  readonly venue: DriftVenue;
  #orders = 0;

  private constructor(place: DriftPlace, venue: DriftVenue) {
    this.place = place;
    this.venue = venue;
  }

  static async open(world: DriftWorld): Promise<Scene> {
    const place = await world.enter();
    const venue = place.rig.venue();
    await venue.connect();
    await venue.deposit({ asset: 'USDC', amount: usd(CASH) });
    venue.takeEvents();
    return new Scene(place, venue);
  }

  /** A buy of 0.1 SOL-PERP at $149 that rests, but for what is changed. */
  order({ size = '0.1', at = '149', ...changed }: OrderTerms = {}): OrderRequest {
    this.#orders += 1;
    return {
      clientOrderId: `scene-${this.#orders}`,
      market: 'SOL-PERP',
      side: 'buy',
      size: parseBase(size),
      limitPrice: parsePrice(at),
      timeInForce: 'gtc',
      reduceOnly: false,
      validUntil: this.place.rig.clock.now() + MINUTE_MS,
      ...changed,
    };
  }

  async report(order: OrderRequest): Promise<OrderReport> {
    return reportIn(await this.venue.place(order));
  }

  /** Publishes a price of SOL, 1e6; the maker quotes around it, and keepers do what is due. */
  async oracle(priceE6: bigint): Promise<void> {
    this.place.cluster.setOracle('SOL', priceE6);
    await this.place.maker.requote();
    await this.place.keep();
    await this.venue.sync();
  }

  async pass(seconds: number): Promise<void> {
    this.place.cluster.warp(seconds);
    await this.place.keep();
    await this.venue.sync();
  }
}

export interface OrderTerms extends Partial<Omit<OrderRequest, 'size' | 'limitPrice'>> {
  readonly size?: string;
  readonly at?: string;
}

export function reportIn(reply: PlaceReply | { readonly kind: string }): OrderReport {
  if (!('report' in reply)) throw new Error(`no report: ${JSON.stringify(reply)}`);
  return reply.report;
}

/** A scene for each test of the `describe` around it. */
export function eachScene(makeWorld: () => Promise<DriftWorld>): () => Scene {
  let world: DriftWorld;
  let scene: Scene;
  beforeAll(async () => {
    world = await makeWorld();
  });
  beforeEach(async () => {
    scene = await Scene.open(world);
  });
  afterEach(async () => {
    await scene.place.close();
  });
  return () => scene;
}

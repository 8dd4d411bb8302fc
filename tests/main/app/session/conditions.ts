import { heldStill } from './expectations.ts';
import { place, priceAt, refuse, type Step } from './scene.ts';

const PERP = 'SOL-PERP';
const ETH = 'ETH-PERP';
const MINUTE_MS = 60_000;

/** Orders that wait for several things: all of them, or any. */
export const CONDITIONS: readonly Step[] = [
  place(
    'atTime',
    'conditions: all of a time and the health',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'market',
      conditions: {
        match: 'all',
        of: [
          { kind: 'time', at: scene.now + 5 * MINUTE_MS },
          { kind: 'health', is: 'above', pct: 10 },
        ],
      },
    }),
    'conditional',
    heldStill,
  ),
  place(
    'never',
    'conditions: all of what holds and what does not keep waiting',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 20),
      conditions: {
        match: 'all',
        of: [
          { kind: 'funding', market: PERP, is: 'above', apr: -10_000 },
          { kind: 'health', is: 'below', pct: 1 },
        ],
      },
    }),
    'conditional',
    heldStill,
  ),
  place(
    'byFunding',
    'conditions: any of the funding and another market, which holds already',
    (scene) => ({
      market: PERP,
      side: 'sell',
      size: '1',
      type: 'market',
      conditions: {
        match: 'any',
        of: [
          { kind: 'price', market: ETH, source: 'mark', is: 'above', price: priceAt.oracle(scene, ETH, 900) },
          { kind: 'funding', market: PERP, is: 'above', apr: -10_000 },
        ],
      },
    }),
    'filled',
  ),
  place(
    'byEth',
    'conditions: the price of another market',
    (scene) => ({
      market: PERP,
      side: 'sell',
      size: '1',
      type: 'market',
      conditions: {
        match: 'any',
        of: [
          {
            kind: 'price',
            market: ETH,
            source: 'oracle',
            is: 'above',
            price: priceAt.oracle(scene, ETH, 0.2),
          },
          {
            kind: 'price',
            market: ETH,
            source: 'oracle',
            is: 'below',
            price: priceAt.oracle(scene, ETH, -0.2),
          },
        ],
      },
    }),
    'conditional',
    heldStill,
  ),
  place(
    'byPrice',
    'conditions: the price of its own market',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'market',
      conditions: {
        match: 'any',
        of: [
          {
            kind: 'price',
            market: PERP,
            source: 'mark',
            is: 'above',
            price: priceAt.oracle(scene, PERP, 0.5),
          },
          {
            kind: 'price',
            market: PERP,
            source: 'mark',
            is: 'below',
            price: priceAt.oracle(scene, PERP, -0.5),
          },
        ],
      },
    }),
    'conditional',
    heldStill,
  ),
  refuse(
    'PLACE_ORDER',
    'a time that has passed is no condition',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'market',
      conditions: { match: 'all', of: [{ kind: 'time', at: scene.now }] },
    }),
    'INVALID_TRIGGER',
  ),
];

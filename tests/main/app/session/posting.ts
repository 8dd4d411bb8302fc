import { nothingFilled, notTraded } from './expectations.ts';
import { cancel, place, priceAt, refuse, type Step } from './scene.ts';

const PERP = 'SOL-PERP';

/** Orders that only ever rest, and what happens to one that would take. */
export const POSTING: readonly Step[] = [
  place(
    'postReject',
    'post-only, reject: what would take is refused',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 2),
      postOnly: 'reject',
    }),
    'POST_ONLY_WOULD_CROSS',
    notTraded,
  ),
  place(
    'postTry',
    'post-only, try: what would take is given up',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 2),
      postOnly: 'try',
    }),
    'cancelled',
    nothingFilled,
  ),
  place(
    'postSlide',
    'post-only, slide: what would take rests behind the touch',
    (scene) => ({
      market: PERP,
      side: 'buy',
      size: '1',
      type: 'limit',
      price: priceAt.ask(scene, PERP, 2),
      postOnly: 'slide',
    }),
    'open',
    nothingFilled,
  ),
  refuse(
    'PLACE_ORDER',
    'an order never trades with another of one’s own',
    (scene) => ({
      market: PERP,
      side: 'sell',
      size: '1',
      type: 'limit',
      price: priceAt.bid(scene, PERP),
    }),
    'SELF_TRADE',
  ),
  cancel('postSlide', 'a resting order is cancelled', 'cancelled', nothingFilled),
  cancel('postSlide', 'and not twice', 'ORDER_NOT_OPEN', notTraded),
];

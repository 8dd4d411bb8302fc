import type { CommandName, PayloadOf, ReplyOf } from '../../../../src/shared/contract/commands.ts';
import type { ErrorCode } from '../../../../src/shared/contract/errorCodes.ts';
import type { BookViewData } from '../../../../src/shared/contract/marketData.ts';
import type {
  FillView,
  OrderState,
  OrderTicket,
  OrderView,
  TradingAccountView,
} from '../../../../src/shared/contract/orders.ts';
import { nano } from '../nano.ts';
import type { Wire } from '../wiredProgram.ts';

/** What a step may refer to: the market and the account as they are before it, and every order that was named. */
export interface Scene {
  readonly wire: Wire;
  readonly books: Readonly<Record<string, BookViewData>>;
  readonly account: TradingAccountView;
  /** The market's clock, Unix ms. */
  readonly now: number;
  readonly orders: ReadonlyMap<string, OrderView>;
}

/** What is there once a step is over. */
export interface After {
  readonly wire: Wire;
  /** What the command answered. */
  readonly data: unknown;
  /** The order that it is about, as GET_ORDER has it; where there is one. */
  readonly order: OrderView | undefined;
  readonly fills: readonly FillView[];
  readonly account: TradingAccountView;
  /** Every order by its name, as it is now. */
  readonly orderOf: (name: string) => Promise<OrderView>;
}

/** One line of the script. */
export type Step = {
  readonly does: string;
  /** Looks at what has come of it. */
  readonly shows?: (after: After, before: Scene) => void | Promise<void>;
} & (
  | {
      readonly command: CommandName;
      readonly payload: (scene: Scene) => unknown;
      /** The state of the order that is answered, a refusal's code, or 'ok'. */
      readonly expects: OrderState | ErrorCode | 'ok';
      /** What the order is called from now on. */
      readonly as?: string;
    }
  /** On to the next full hour of the market. */
  | { readonly until: 'nextFunding' }
);

type Shows = Step['shows'];
type Ticket = OrderTicket;

const optional = (shows: Shows): { readonly shows?: NonNullable<Shows> } =>
  shows === undefined ? {} : { shows };

export const place = (
  as: string,
  does: string,
  payload: (scene: Scene) => Ticket,
  expects: OrderState | ErrorCode,
  shows?: Shows,
): Step => ({ does, command: 'PLACE_ORDER', payload, expects, as, ...optional(shows) });

export const change = (
  name: string,
  does: string,
  to: (scene: Scene) => Omit<PayloadOf<'MODIFY_ORDER'>, 'orderId'>,
  expects: OrderState | ErrorCode,
  shows?: Shows,
): Step => ({
  does,
  command: 'MODIFY_ORDER',
  payload: (scene) => ({ orderId: idOf(scene, name), ...to(scene) }),
  expects,
  as: name,
  ...optional(shows),
});

export const cancel = (name: string, does: string, expects: OrderState | ErrorCode, shows?: Shows): Step => ({
  does,
  command: 'CANCEL_ORDER',
  payload: (scene) => ({ orderId: idOf(scene, name) }),
  expects,
  as: name,
  ...optional(shows),
});

export const ask = <Name extends CommandName>(
  command: Name,
  does: string,
  payload: (scene: Scene) => PayloadOf<Name>,
  shows?: (data: ReplyOf<Name>, after: After, before: Scene) => void | Promise<void>,
): Step => ({
  does,
  command,
  payload,
  expects: 'ok',
  ...optional(shows && ((after, before) => shows(after.data as ReplyOf<Name>, after, before))),
});

export const refuse = (
  command: CommandName,
  does: string,
  payload: (scene: Scene) => unknown,
  expects: ErrorCode,
): Step => ({ does, command, payload, expects });

export const hour = (does: string, shows?: Shows): Step => ({
  does,
  until: 'nextFunding',
  ...optional(shows),
});

export function named(scene: Scene, name: string): OrderView {
  const order = scene.orders.get(name);
  if (order === undefined) throw new Error(`The script has no order ${name} yet.`);
  return order;
}

export const idOf = (scene: Scene, name: string): string => named(scene, name).orderId;

function bookOf(scene: Scene, market: string): BookViewData {
  const book = scene.books[market];
  if (book === undefined) throw new Error(`The script has no book of ${market}.`);
  return book;
}

/** Prices on the tick: `by` parts of a thousand away from where they are read. */
export const priceAt = {
  ask: (scene: Scene, market: string, by = 0): string =>
    moved(bookOf(scene, market).asks[0]?.price, market, by),
  bid: (scene: Scene, market: string, by = 0): string =>
    moved(bookOf(scene, market).bids[0]?.price, market, by),
  oracle: (scene: Scene, market: string, by = 0): string => moved(bookOf(scene, market).oracle, market, by),
};

const DECIMALS: Readonly<Record<string, number>> = { SOL: 3, 'SOL-PERP': 3, 'ETH-PERP': 2, 'BTC-PERP': 1 };

function moved(from: string | undefined, market: string, by: number): string {
  if (from === undefined) throw new Error(`A side of ${market} is empty.`);
  return (Number(from) * (1 + by / 1_000)).toFixed(DECIMALS[market] ?? 3);
}

/** Size of a position in billionths; zero where there is none. */
export function heldIn({ positions }: TradingAccountView, market: string): bigint {
  const held = positions.find((one) => one.market === market);
  return held === undefined ? 0n : nano(held.size);
}

import type { Side } from '../../../domain/market.ts';
import type { Lots, Ticks } from './grid.ts';

/** What stands at one price, oldest first. `own` is undefined for what others have there. */
export interface SavedLevel {
  readonly side: Side;
  readonly ticks: Ticks;
  readonly queue: readonly { readonly own?: number; readonly lots: Lots }[];
}

export interface SavedBook {
  readonly sequence: number;
  readonly mark: Ticks;
  readonly barriers: Barriers;
  readonly levels: readonly SavedLevel[];
}

/** The best of ours on each side when others last quoted. */
export interface Barriers {
  readonly buy?: Ticks | undefined;
  readonly sell?: Ticks | undefined;
}

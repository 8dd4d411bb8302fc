import type { BookViewData } from '../../shared/contract/marketData.ts';

type Level = BookViewData['bids'][number];

/** One line of the ladder. */
export interface LadderRow {
  readonly price: string;
  readonly size: string;
  /** All sizes from the best price to here, as far as a bar shows them. */
  readonly total: number;
  /** Of the largest total on either side, 0 to 1. */
  readonly share: number;
  /** An order of one's own rests here. */
  readonly own: boolean;
}

export interface Ladder {
  /** Best first. */
  readonly asks: readonly LadderRow[];
  readonly bids: readonly LadderRow[];
}

type Sum = Level & { readonly total: number };

function sums(levels: readonly Level[]): readonly Sum[] {
  let total = 0;
  return levels.map((level) => {
    total += Number(level.size);
    return { ...level, total };
  });
}

/** As much of a book as is shown. @param rows of each side at most @param own prices of one's own resting orders */
export function ladderOf(
  { asks, bids }: Pick<BookViewData, 'asks' | 'bids'>,
  rows: number,
  own: ReadonlySet<string>,
): Ladder {
  const [above, below] = [sums(asks.slice(0, rows)), sums(bids.slice(0, rows))];
  const most = Math.max(above.at(-1)?.total ?? 0, below.at(-1)?.total ?? 0);
  const row = (level: Sum): LadderRow => ({
    ...level,
    share: most === 0 ? 0 : level.total / most,
    own: own.has(level.price),
  });
  return { asks: above.map(row), bids: below.map(row) };
}

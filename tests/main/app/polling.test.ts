import { describe, expect, it, vi } from 'vitest';

import type { ReplyOf } from '../../../src/shared/contract/commands.ts';
import { screenPolls, unlistedPolls, type Poll } from './screenPolls.ts';
import { beginMarket, stillWall } from './session/stillWall.ts';
import { wiredProgram, type Wire } from './wiredProgram.ts';

const TEN_MINUTES_MS = 600_000;
/** The second window is opened a while after the first: their polls do not fall together. */
const SECOND_WINDOW_MS = 17_300;
/** A kind that is asked for at least once a minute is asked often. */
const OFTEN = 10;
const ENOUGH = 0.9;

interface Asking extends Poll {
  readonly window: Wire;
  readonly t: number;
}

/** Every question of both windows in ten minutes, in order. */
function questions(windows: readonly Wire[], polls: readonly Poll[]): readonly Asking[] {
  const all = windows.flatMap((window, index) =>
    polls.flatMap((poll) => {
      const begin = index * SECOND_WINDOW_MS;
      const times = poll.everyMs === null ? 1 : Math.ceil((TEN_MINUTES_MS - begin) / poll.everyMs);
      return Array.from({ length: times }, (_, n) => ({
        ...poll,
        window,
        t: begin + n * (poll.everyMs ?? 0),
      }));
    }),
  );
  return all.toSorted((a, b) => a.t - b.t);
}

const CATEGORIES = ['marketData', 'trading', 'account'] as const;

type Venue = ReplyOf<'GET_SYSTEM_STATS'>['venues'][number];

interface Polled {
  /** As it stands in the end. */
  readonly venue: Venue;
  readonly asked: number;
  /** How far the market went. */
  readonly marketMs: number;
  /** Most calls in any of the minutes that were looked at. */
  readonly most: Readonly<Record<string, number>>;
}

/** Two windows that ask all that any screen asks, for ten minutes of a market at the speed of life. */
async function polled(): Promise<Polled> {
  stillWall();
  const program = await wiredProgram();
  const windows = [await program.connect(), await program.connect()];
  const [first] = windows;
  if (first === undefined) throw new Error('There is no window.');
  await beginMarket(first);
  const { timestamp } = await first.ask('GET_TRADING_ACCOUNT', {});
  await first.ask('SET_CLOCK', { speed: 1 });
  for (const window of windows)
    for (const channel of ['book', 'trades', 'candles'] as const)
      await window.ask('SUBSCRIBE', { channel, market: 'SOL-PERP' });
  let t = 0;
  const most = { marketData: 0, trading: 0, account: 0 };
  const all = questions(windows, screenPolls());
  for (const question of all) {
    vi.advanceTimersByTime(question.t - t);
    t = question.t;
    await question.window.ask(question.command, question.payload as never);
    if (question.command !== 'GET_SYSTEM_STATS') continue;
    const { limits } = venueOf(await question.window.ask('GET_SYSTEM_STATS', {}));
    for (const category of CATEGORIES) most[category] = Math.max(most[category], limits[category].used);
  }
  const venue = venueOf(await first.ask('GET_SYSTEM_STATS', {}));
  const { timestamp: end } = await first.ask('GET_TRADING_ACCOUNT', {});
  return { venue, asked: all.length, marketMs: end - timestamp, most };
}

const timesAsked = ({ hits, misses, shared }: Venue['cache'][string]): number => hits + misses + shared;

function venueOf({ venues }: ReplyOf<'GET_SYSTEM_STATS'>): Venue {
  const [venue] = venues;
  if (venue === undefined) throw new Error('There is no venue.');
  return venue;
}

describe('what the screens poll', () => {
  it('is all in the table that the tests play', () => {
    expect(unlistedPolls()).toEqual([]);
  });

  it('is answered from the cache in over nine of ten cases, and exceeds no limit', async () => {
    const { venue, asked, marketMs, most } = await polled();
    // Otherwise the market stood still, and nothing that was kept grew old.
    expect(marketMs).toBeGreaterThan(0.99 * TEN_MINUTES_MS);
    expect(asked).toBeGreaterThan(1_000);
    const often = Object.entries(venue.cache).filter(([, use]) => timesAsked(use) >= OFTEN);
    expect(often.length).toBeGreaterThan(1);
    const poor = often.filter(([, { hitRate }]) => (hitRate ?? 0) <= ENOUGH);
    expect(poor.map(([kind, { hitRate }]) => `${kind} ${hitRate}`)).toEqual([]);
    for (const category of CATEGORIES) {
      const { perMinute, refused, waiting } = venue.limits[category];
      expect({ category, refused, waiting }).toEqual({ category, refused: 0, waiting: 0 });
      expect(most[category]).toBeLessThanOrEqual(perMinute);
    }
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';

import {
  balancesIn,
  booksIn,
  folderOfFile,
  launch,
  paper,
  reportIn,
  seeded,
  stateIn,
  timeless,
  writeScript,
  type Books,
  type Ended,
  type Report,
  type ScriptEntry,
} from '../support/paperCli.ts';
import { decimal, linesOf, textOf } from '../support/recompute.ts';
import { expectRecomputed } from './fixtures/agreement.ts';
import { BUSY, BUSY_DAYS, withKills } from './fixtures/busyScript.ts';

const folder = folderOfFile();
const inFolder = (name: string): string => path.join(folder, name);

/** A run that nobody disturbed, and one that was killed again and again: their reports and what they have stored. */
interface Pair {
  readonly calm: Report;
  readonly killed: Report;
  readonly calmBooks: Books;
  readonly killedBooks: Books;
  readonly events: string;
  readonly deaths: number;
}

/** Everything that must not differ between a run that was killed and one that was not. */
function itEndsTheSame(pair: () => Pair): void {
  it('the report is the same, but for how long it took', () => {
    expect(timeless(pair().killed)).toEqual(timeless(pair().calm));
    expectRecomputed(pair().killed, pair().events);
  });

  it('the event log is the same, byte for byte', () => {
    expect(pair().killed.eventLogHash).toBe(pair().calm.eventLogHash);
    expect(pair().killedBooks.events).toEqual(pair().calmBooks.events);
  });

  it('the ledger is the same, entry by entry, and balances', () => {
    const { calmBooks, killedBooks } = pair();
    expect(killedBooks.transactions).toEqual(calmBooks.transactions);
    expect(killedBooks.entries).toEqual(calmBooks.entries);
    expect(balancesIn(killedBooks)).toEqual(balancesIn(calmBooks));
    const assets: Record<string, bigint> = {};
    for (const { asset, amount } of killedBooks.entries) {
      assets[String(asset)] = (assets[String(asset)] ?? 0n) + BigInt(amount ?? 0n);
    }
    expect(Object.values(assets).every((sum) => sum === 0n)).toBe(true);
  });

  it('the journal is the same, and no order is left open', () => {
    const { calmBooks, killedBooks } = pair();
    expect(killedBooks.orders).toEqual(calmBooks.orders);
    expect(killedBooks.orders.filter(({ state }) => state === 'sent' || state === 'unknown')).toEqual([]);
  });

  it('funding history and the last checkpoint are the same', () => {
    const { calmBooks, killedBooks } = pair();
    expect(killedBooks.funding).toEqual(calmBooks.funding);
    expect(stateIn(killedBooks)).toEqual(stateIn(calmBooks));
  });

  it('nothing is done twice: each order once in the journal, filled once, for what the journal says', () => {
    const { killedBooks, events } = pair();
    const ids = killedBooks.orders.map(({ client_order_id: id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fills = linesOf(readFileSync(events, 'utf8')).filter(({ type }) => type === 'FILL');
    const filled = fills.map(({ data }) => [textOf(data, 'orderId'), decimal(textOf(data, 'size'))]);
    const journalled = killedBooks.orders
      .filter((order) => order['filled'] !== '0')
      .map((order) => [order['client_order_id'], decimal(String(order['filled']))]);
    expect(Object.fromEntries(filled)).toEqual(Object.fromEntries(journalled));
    expect(filled).toHaveLength(journalled.length);
  });
}

describe('killed by its script at 20 random moments and resumed after each', () => {
  const KILLS = 20;
  let pair: Pair;

  beforeAll(async () => {
    const script = withKills(BUSY, KILLS, BUSY_DAYS, 20);
    const run = ['--days', String(BUSY_DAYS), '--seed', '7'];
    const calmArgs = ['--script', writeScript(inFolder('calm.json'), BUSY), '--data-dir', inFolder('calm')];
    const calm = paper(...run, ...calmArgs);
    const events = inFolder('killed.jsonl');
    const killedArgs = ['--script', writeScript(inFolder('killed.json'), script), '--events', events];
    const again = ['paper', '--json', ...run, ...killedArgs, '--data-dir', inFolder('killed')];
    let deaths = 0;
    let ended: Ended;
    do {
      ended = await launch(again).ended();
      if (ended.signal === 'SIGKILL') deaths += 1;
    } while (ended.signal === 'SIGKILL' && deaths <= KILLS);
    pair = {
      calm: await calm,
      killed: reportIn(ended),
      calmBooks: booksIn(inFolder('calm')),
      killedBooks: booksIn(inFolder('killed')),
      events,
      deaths,
    };
  });

  it('dies 20 times, each death once', () => {
    expect(pair.deaths).toBe(KILLS);
    expect(pair.killedBooks.marks).toHaveLength(KILLS);
  });

  itEndsTheSame(() => pair);
});

describe('killed from outside at random moments of a long run', () => {
  const KILLS = 6;
  let pair: Pair;

  beforeAll(async () => {
    const wild = ['simulation.fundingVolatility=120', 'engine.averageHours=24'];
    const run = ['--days', '45', '--seed', '3', ...wild.flatMap((setting) => ['--set', setting])];
    const next = seeded(8);
    const names = ['reject', 'timeout', 'lateFill', 'lostReply', 'partialFill'] as const;
    const faults = Array.from({ length: 22 }, (_, i): ScriptEntry => {
      const fault = names[Math.floor(next() * names.length)] ?? 'reject';
      return { at: i * 48 * 3_600_000, action: 'fault', fault, orders: 1 + Math.floor(next() * 4) };
    });
    const both = [...run, '--script', writeScript(inFolder('faults.json'), faults)];
    const calm = await paper(...both, '--data-dir', inFolder('undisturbed'));
    const again = ['paper', '--json', ...both, '--data-dir', inFolder('shot')];
    let deaths = 0;
    for (let i = 0; i < KILLS; i += 1) {
      const dying = launch(again);
      // Somewhere after its first line of progress: at whatever it is doing then.
      await Promise.race([dying.said(/^\d+ %/), dying.ended()]);
      await setTimeout(next() * 60);
      dying.signal('SIGKILL');
      if ((await dying.ended()).signal === 'SIGKILL') deaths += 1;
    }
    const events = inFolder('shot.jsonl');
    const killed = reportIn(await launch([...again, '--events', events]).ended());
    const [calmBooks, killedBooks] = [booksIn(inFolder('undisturbed')), booksIn(inFolder('shot'))];
    pair = { calm, killed, calmBooks, killedBooks, events, deaths };
  });

  it('is shot more than once on its way', () => {
    expect(pair.deaths).toBeGreaterThanOrEqual(2);
  });

  itEndsTheSame(() => pair);
});

describe('an interrupted run', () => {
  const days = ['--days', '8', '--seed', '7', '--data-dir'];

  it('asked for more days, goes on from its end to the hash of a run of that length', async () => {
    await paper('--days', '3', '--seed', '7', '--data-dir', inFolder('longer'));
    const [longer, whole] = await Promise.all([
      paper(...days, inFolder('longer')),
      paper(...days, inFolder('whole')),
    ]);
    expect(timeless(longer)).toEqual(timeless(whole));
  });

  it('stopped politely, goes on where it was and says so', async () => {
    const args = ['paper', '--json', ...days, inFolder('stopped')];
    const first = launch(args);
    await first.said(/^30 %/);
    first.signal('SIGTERM');
    expect(await first.ended()).toMatchObject({ code: 130, signal: null, stdout: '' });
    const second = launch(args);
    await second.said(/^Going on after minute \d+\.$/);
    const whole = await paper(...days, inFolder('unstopped'));
    expect(timeless(reportIn(await second.ended()))).toEqual(timeless(whole));
  });

  it('that had ended already only tells its report again', async () => {
    const first = await paper(...days, inFolder('ended'));
    const before = booksIn(inFolder('ended'));
    expect(timeless(await paper(...days, inFolder('ended')))).toEqual(timeless(first));
    expect(booksIn(inFolder('ended'))).toEqual(before);
  });
});

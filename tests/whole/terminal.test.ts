import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { openPaperRun } from '../../src/main/simulation/openRun.ts';
import {
  booksIn,
  folderOfFile,
  launch,
  run,
  type Books,
  type Ended,
  type Running,
} from '../support/paperCli.ts';
import { linesOf } from '../support/recompute.ts';

const folder = folderOfFile();
const HEDGED = /^PAPER .* \| spot 33\.3 \| perp -33\.3 \| drift 0\.00 % \| /;
const STATUS = /^PAPER \d{4}-\d\d-\d\d \d\d:\d\d UTC/;

const start = (dataDir: string, ...args: readonly string[]): Running =>
  launch(['terminal', '--data-dir', dataDir, ...args]);

/** Asks a process to stop as Ctrl+C does, and waits for its end. */
function interrupt(running: Running): Promise<Ended> {
  running.signal('SIGINT');
  return running.ended();
}

const stepIn = ({ checkpoints }: Books): number => Number(checkpoints[0]?.['step']);

/** The event log of a run of the same market that nothing ever disturbed. */
async function undisturbed({ events, checkpoints }: Books): Promise<readonly unknown[]> {
  const open = openPaperRun(
    {
      seed: 7,
      steps: Number(checkpoints[0]?.['step']),
      startMs: Number(events[0]?.['t']),
      capital: '10000',
      overrides: {},
      files: undefined,
      scriptFile: undefined,
      dataDir: ':memory:',
      compare: false,
      logLevel: 'error',
      stderrLevel: 'none',
    },
    { now: () => 0, kill: () => undefined },
  );
  while (!open.run.finished) await open.run.advance();
  const lines = [...open.lines()].slice(0, -1).map((line) => line.trimEnd());
  open.close();
  return lines;
}

describe('terminal, where nobody is watching a terminal', () => {
  const dataDir = path.join(folder, 'demo');
  let greeting: string;
  let ended: Ended;
  let books: Books;

  beforeAll(async () => {
    const first = start(dataDir);
    greeting = await first.said(/^PAPER: /);
    await first.said(/ hedged: The hedge is in place\.$/);
    // A line may have come before the hedge; the next follows ten minutes of the market later.
    await first.said(HEDGED);
    ended = await interrupt(first);
    books = booksIn(dataDir);
  });

  it('says that no money is at stake, and where it keeps what it does', () => {
    expect(greeting).toContain('no real money');
    expect(greeting).toContain(dataDir);
  });

  it('shows the first hedge in the first minute of the market, which is the first second at the usual 60x', () => {
    const [entered, hedged] = [/^(.*)  enter: Funding is expected to pay/m, /^(.*)  hedged: /m].map(
      (line) => line.exec(ended.stdout)?.[1],
    );
    expect(entered).toMatch(/^\d{4}-\d\d-\d\d \d\d:00 UTC$/);
    expect(hedged).toBe(entered);
    expect(books.orders).toHaveLength(24);
    expect(books.orders.every(({ state }) => state === 'filled')).toBe(true);
  });

  it('shows a status line that agrees with the books, and keeps stderr for trouble', () => {
    const lines = ended.stdout.split('\n').filter((line) => STATUS.test(line));
    const hedged = lines.findIndex((line) => HEDGED.test(line));
    expect(lines.slice(0, hedged).filter((line) => !line.includes(' | spot 0 | perp 0 | '))).toEqual([]);
    expect(lines.slice(hedged).filter((line) => !HEDGED.test(line))).toEqual([]);
    expect(ended.stderr).toBe('');
  });

  it('[R8.3] stops at Ctrl+C with exit code 0, and says that nothing is lost', () => {
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.stdout).toMatch(/\nStopped\. What was done is kept; start again to go on from here\.\n$/);
  });

  it('started again, goes on from where it was and enters no second time', async () => {
    const second = start(dataDir, '--speed', '3600');
    expect(await second.said(/Going on after/)).toContain(`Going on after minute ${stepIn(books)}.`);
    await second.said(STATUS);
    const { code, stdout } = await interrupt(second);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/ enter: /);
    expect(stepIn(booksIn(dataDir))).toBeGreaterThan(stepIn(books));
  });

  it('killed outright and started again, again and again, loses nothing and does nothing twice', async () => {
    for (let deaths = 0; deaths < 4; deaths += 1) {
      const dying = start(dataDir, '--speed', '3600');
      const before = stepIn(booksIn(dataDir));
      expect(await dying.said(/Going on after/)).toContain(`Going on after minute ${before}.`);
      await dying.said(STATUS);
      dying.signal('SIGKILL');
      expect((await dying.ended()).signal).toBe('SIGKILL');
      expect(stepIn(booksIn(dataDir))).toBeGreaterThan(before);
    }
    const last = booksIn(dataDir);
    expect(last.events.map(({ line }) => line)).toEqual(await undisturbed(last));
  });

  it('[R8.3] a polite end of the session stops it in the same way', async () => {
    const third = start(dataDir);
    await third.said(/Going on after/);
    third.signal('SIGTERM');
    expect(await third.ended()).toMatchObject({ code: 0, signal: null });
  });

  it('refuses a second instance on the same folder, and the first goes on', async () => {
    const first = start(dataDir, '--speed', '3600');
    await first.said(/Going on after/);
    const second = await run('terminal', '--data-dir', dataDir);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toBe(
      `DATA_FOLDER_IN_USE: Another instance uses the data folder ${dataDir}: close it, or choose another folder.\n`,
    );
    const before = stepIn(booksIn(dataDir));
    await first.said(STATUS, first.heard(STATUS).length + 2);
    expect((await interrupt(first)).code).toBe(0);
    expect(stepIn(booksIn(dataDir))).toBeGreaterThan(before);
  });
});

describe('the log of a run', () => {
  it('of a person who only ran terminal reads as the contract has it', () => {
    const { events } = booksIn(path.join(folder, 'demo'));
    const lines = linesOf(events.map(({ line }) => String(line)).join('\n'));
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, i) => i + 1));
    expect(lines[0]).toMatchObject({ type: 'OPENING', data: { cash: '10000', equity: '10015' } });
  });
});

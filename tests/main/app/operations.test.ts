import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { openPaperRun } from '../../../src/main/simulation/openRun.ts';
import { ACCEPTED_AFTER_MS } from '../../../src/shared/contract/protocol.ts';
import { recompute } from '../../support/recompute.ts';
import { hedgedRig, newRig, type RigClient } from '../../support/programRig.ts';

const LONG = { market: { kind: 'simulated', seed: 7 }, days: 3_650 } as const;

/** Begins ten years, and waits for its `accepted`. */
async function accepted(client: RigClient): Promise<{ id: string; operationId: string; tookMs: number }> {
  const begun = performance.now();
  const id = client.post('RUN_BACKTEST', LONG);
  const { frame } = await client.next(({ frame }) => frame.type === 'COMMAND_RESULT' && frame.id === id);
  if (frame.type !== 'COMMAND_RESULT' || frame.status !== 'accepted') throw new Error(JSON.stringify(frame));
  return { id, operationId: frame.operationId, tookMs: performance.now() - begun };
}

const finalOf = (client: RigClient, id: string) =>
  client.next(
    ({ frame }) => frame.type === 'COMMAND_RESULT' && frame.id === id && frame.status !== 'accepted',
  );

describe('a backtest', () => {
  it('gives the very report that the same run gives on the terminal', async () => {
    const client = newRig().connect();
    const settings = { 'engine.deltaTolerancePct': '2' };
    const { elapsedMs: _ours, ...report } = await client.ask('RUN_BACKTEST', {
      market: { kind: 'simulated', seed: 11 },
      days: 10,
      capital: '25000',
      settings,
    });
    const open = openPaperRun(
      {
        seed: 11,
        steps: 10 * 1_440,
        startMs: Date.UTC(2025, 0, 1),
        capital: '25000',
        overrides: settings,
        files: undefined,
        scriptFile: undefined,
        dataDir: ':memory:',
        compare: true,
        logLevel: 'error',
        stderrLevel: 'none',
      },
      { now: () => 0, kill: () => undefined },
    );
    while (!open.run.finished) await open.run.advance();
    const log = [...open.lines()].join('');
    const hash = createHash('sha256').update(log).digest('hex');
    const { elapsedMs: _theirs, ...expected } = open.report(0, hash);
    open.close();

    expect(report).toEqual(expected);
    const told = recompute(log);
    expect(told.problems).toEqual([]);
    expect(report).toMatchObject({ pnl: told.pnl, eventLogHash: told.eventLogHash, trades: told.trades });
  });

  it('runs apart from the vault', async () => {
    const { rig, client } = await hedgedRig();
    const before = [rig.rows('SELECT * FROM events'), rig.rows('SELECT * FROM ledger_entries')];
    await client.ask('RUN_BACKTEST', { market: { kind: 'simulated', seed: 1 }, days: 2 });
    expect([rig.rows('SELECT * FROM events'), rig.rows('SELECT * FROM ledger_entries')]).toEqual(before);
  });

  it.each([
    ['a setting out of range', { settings: { 'engine.deltaTolerancePct': '0' } }, 'INVALID_SETTING'],
    ['settings that contradict', { settings: { 'engine.urgentDriftPct': '0.5' } }, 'INVALID_SETTING'],
    ['too little capital', { capital: '99.99' }, 'INVALID_SIZE'],
    ['too much capital', { capital: '1000000.01' }, 'INVALID_SIZE'],
    [
      'files that nobody handed over',
      { market: { kind: 'recorded', candles: '0'.repeat(64), funding: '0'.repeat(64) } },
      'INVALID_DATA_FILE',
    ],
  ])('with %s is refused', async (_what, other, code) => {
    const error = await newRig()
      .connect()
      .refusal('RUN_BACKTEST', { market: { kind: 'simulated', seed: 1 }, days: 1, ...other });
    expect(error.code).toBe(code);
  });
});

describe('[R8.8] a command that takes longer', () => {
  it('is accepted within 5 s, tells how far it is, and ends when it is cancelled', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const { id, operationId, tookMs } = await accepted(client);
    expect(tookMs).toBeLessThan(5_000);
    expect(tookMs).toBeGreaterThan(ACCEPTED_AFTER_MS - 100);

    // Everything else is answered meanwhile.
    const asked = performance.now();
    const { positions } = (await client.ask('GET_STATUS', {})).engines[0]?.funding ?? { positions: [] };
    expect(positions).toHaveLength(1);
    expect(performance.now() - asked).toBeLessThan(1_000);

    await other.nextStatus(({ event }) => event?.kind === 'progress');
    const view = await other.ask('GET_OPERATION', { operationId });
    expect(view).toMatchObject({ operationId, command: 'RUN_BACKTEST', state: 'running', endedAt: null });
    expect(view.progress).toMatchObject({ total: 3_650 * 1_440 });
    const done = view.progress?.done ?? 0;
    expect(done).toBeGreaterThan(0);
    const told = other.events.filter((event) => event.kind === 'progress');
    expect(told.every((event) => event.operationId === operationId && event.total === 3_650 * 1_440)).toBe(
      true,
    );
    expect(told.map((event) => event.done)).toEqual(
      told.map((event) => event.done).toSorted((a, b) => a - b),
    );

    const final = finalOf(client, id);
    expect((await other.ask('CANCEL_OPERATION', { operationId })).state).toBe('running');
    expect((await final).frame).toMatchObject({ status: 'error', error: { code: 'CANCELLED' } });
    const ended = await client.ask('GET_OPERATION', { operationId });
    expect(ended).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } });
    expect(ended.endedAt).toBeGreaterThanOrEqual(ended.startedAt);
    expect(await client.ask('CANCEL_OPERATION', { operationId })).toEqual(ended);
    expect(client.resultsOf(id).map(({ frame }) => frame.status)).toEqual(['accepted', 'error']);
    expect(other.resultsOf(id)).toEqual([]);
  });

  it('is cancelled when the program stops, and answered', async () => {
    const { rig, client } = await hedgedRig();
    const id = client.post('RUN_BACKTEST', LONG);
    await client.nextStatus(({ event }) => event?.kind === 'progress');
    const final = finalOf(client, id);
    await rig.close();
    expect((await final).frame).toMatchObject({ error: { code: 'CANCELLED' } });
  });

  it('goes on when whoever asked is gone', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const { operationId } = await accepted(client);
    client.leave();
    await other.nextStatus(({ event }) => event?.kind === 'progress');
    expect((await other.ask('GET_OPERATION', { operationId })).state).toBe('running');
    await other.ask('CANCEL_OPERATION', { operationId });
  });
});

describe('an operation that nobody knows', () => {
  it.each(['GET_OPERATION', 'CANCEL_OPERATION'] as const)('is refused by %s', async (command) => {
    const error = await newRig().connect().refusal(command, { operationId: 'gone' });
    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', details: { operationId: 'gone' } });
  });
});

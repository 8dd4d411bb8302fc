import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { keptRun } from '../../support/keptRun.ts';
import { candlesCsv, fundingCsv, imported, recordedMarket } from '../../support/marketFiles.ts';
import { hedgedRig, newRig } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;

describe('a vault that has not begun', () => {
  it.each([
    ['a deposit', 'DRIFT_DEPOSIT', { asset: 'USDC', amount: '1000' }],
    ['an SOS', 'SOS', { flatten: false }],
    ['a setting', 'UPDATE_CONFIG', { ...FUNDING, config: { 'engine.deltaTolerancePct': '2' } }],
  ])(
    'begins its log with OPENING although %s came first, and counts everything once',
    async (_what, command, payload) => {
      const rig = newRig();
      const client = rig.connect();
      await client.request(command, payload);
      await client.ask('RELEASE_SOS', {});
      await client.ask('START_ENGINE', START);
      await client.nextFunding();
      const [first] = (await client.ask('GET_EVENTS', { after: 0, limit: 1 })).events;
      expect(first?.type).toBe('OPENING');
      const { balance } = await client.ask('GET_ENGINE_VAULT', FUNDING);
      const { recomputed, report } = await keptRun(rig);
      expect(recomputed.problems).toEqual([]);
      expect(recomputed).toMatchObject({ netTransfers: report.netTransfers, pnl: report.pnl });
      expect(Number(balance)).toBeLessThan(11_001);
    },
  );
});

describe('VAULT_RESET', () => {
  it.each(['apart in time', 'swapped'])(
    'refuses market files that are %s, and keeps the vault',
    async (how) => {
      const { rig, client } = await hedgedRig();
      const candles = await imported(client, 'candles', candlesCsv(5));
      const funding = await imported(client, 'funding', fundingCsv(5, Date.UTC(2025, 0, 1)));
      const [a, b] = how === 'swapped' ? [funding, candles] : [candles, funding];
      const before = rig.rows('SELECT count(*) AS n FROM events');
      const market = { kind: 'recorded', candles: a, funding: b } as const;
      expect((await client.refusal('VAULT_RESET', { ...FUNDING, market })).code).toBe('INVALID_DATA_FILE');
      expect(rig.rows('SELECT count(*) AS n FROM events')).toEqual(before);
      expect(rig.status.state).toBe('running');
      await rig.restart();
      expect(rig.figures.positions).toHaveLength(1);
    },
  );

  it('twice in one second keeps both backups', async () => {
    const { rig, client } = await hedgedRig();
    const events = rig.rows('SELECT count(*) AS n FROM events');
    const [first, second] = await Promise.all([1, 2].map(() => client.ask('VAULT_RESET', FUNDING)));
    expect(second?.backup).not.toBe(first?.backup);
    await client.ask('RESTORE', { backup: first?.backup ?? '' });
    expect(rig.rows('SELECT count(*) AS n FROM events')).toEqual(events);
  });

  it('twice at once begins the second on what the first has made', async () => {
    const { client } = await hedgedRig();
    const market = { kind: 'simulated', seed: 5 } as const;
    const [, second] = await Promise.all([
      client.ask('VAULT_RESET', { ...FUNDING, capital: '5000' }),
      client.ask('VAULT_RESET', { ...FUNDING, market }),
    ]);
    expect(second.vault).toMatchObject({ capital: '5000', market: 'simulated, seed 5' });
  });

  it.each(['VAULT_RESET', 'RESTORE'])('does not release an SOS: %s', async (command) => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('SOS', { flatten: false });
    await client.request(command, command === 'RESTORE' ? { backup } : FUNDING);
    expect(rig.status.state).toBe('halted');
  });
});

describe('RESTORE', () => {
  it('that is refused changes nothing: the engine runs on, and no backup is made', async () => {
    const { rig, client } = await hedgedRig();
    const { backups } = await client.ask('LIST_BACKUPS', {});
    expect((await client.refusal('RESTORE', { backup: 'none' })).code).toBe('INVALID_PAYLOAD');
    expect(rig.status.state).toBe('running');
    expect((await client.ask('LIST_BACKUPS', {})).backups).toEqual(backups);
  });

  it('of the backup before, at once, brings back what was there', async () => {
    const { client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '123' });
    const { before } = await client.ask('RESTORE', { backup });
    await client.ask('RESTORE', { backup: before });
    expect((await client.ask('GET_ENGINE_VAULT', FUNDING)).netTransfers).toBe('123');
  });

  it('forgets nothing that was signed for a venue since', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    rig.meddle(`
      INSERT INTO transactions (cluster, intent_id, attempt, kind, words, payer, state, signature,
        last_valid_block_height, wire, intended_t, updated_t)
      VALUES ('genesis', 'order-1', 1, 'order', 'Sell.', 'me', 'signed', 'sig', 7, x'01', 1, 1)`);
    await client.ask('RESTORE', { backup });
    expect(rig.rows('SELECT intent_id, state, signature FROM transactions')).toEqual([
      { intent_id: 'order-1', state: 'signed', signature: 'sig' },
    ]);
  });

  it('never lets the revision of the settings fall', async () => {
    const { client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('UPDATE_SETTINGS', { revision: 0, changes: { 'engine.deltaTolerancePct': '2' } });
    await client.ask('RESTORE', { backup });
    expect((await client.ask('GET_SETTINGS', {})).revision).toBeGreaterThan(1);
  });
});

describe('DRIFT_DEPOSIT', () => {
  it('twice at once does not exceed the most that a paper vault holds', async () => {
    const { client } = await hedgedRig();
    const both = await Promise.all(
      [1, 2].map(() => client.request('DRIFT_DEPOSIT', { asset: 'USDC', amount: '600000' })),
    );
    expect(both.map(({ frame }) => frame.status)).toEqual(['ok', 'error']);
  });
});

describe('UPDATE_CONFIG', () => {
  it('of two windows that say the same changes once, and logs once', async () => {
    const { client } = await hedgedRig();
    const config = { 'engine.deltaTolerancePct': '2' };
    await Promise.all([1, 2].map(() => client.ask('UPDATE_CONFIG', { ...FUNDING, config })));
    expect((await client.ask('GET_EVENTS', { limit: 9, search: 'You changed' })).events).toHaveLength(1);
    expect((await client.ask('GET_SETTINGS', {})).revision).toBe(1);
  });

  it('that the disk refuses tells of no event that is not on it', async () => {
    const { rig, client } = await hedgedRig();
    const mend = rig.breakTable('events');
    await client.refusal('UPDATE_CONFIG', { ...FUNDING, config: { 'engine.deltaTolerancePct': '2' } });
    mend();
    expect(client.events.filter((event) => JSON.stringify(event).includes('You changed'))).toEqual([]);
  });
});

describe('GET_STATUS', () => {
  it('has counted every broadcast that its connection was sent before its answer', async () => {
    const client = newRig().connect();
    client.post('START_ENGINE', START);
    const answer = await client.request('GET_STATUS', {});
    const before = client.heard.slice(
      0,
      client.heard.findIndex(({ text }) => text === answer.text),
    );
    const sent = before.filter(({ frame }) => frame.type !== 'COMMAND_RESULT').length;
    expect(answer.frame).toMatchObject({ data: { seq: sent } });
  });
});

describe('SOS', () => {
  it('halts although the answers can not even be read', async () => {
    const { rig, client } = await hedgedRig();
    rig.meddle('ALTER TABLE answers RENAME TO gone');
    await client.request('SOS', { flatten: false });
    expect(rig.status.state).toBe('halted');
    rig.meddle('ALTER TABLE gone RENAME TO answers');
  });
});

describe('an engine that failed in the middle of a step, on a disk that could not be read back,', () => {
  it('does not go on from half a step', async () => {
    const rig = newRig();
    const client = rig.connect();
    const mends = ['orders', 'runs', 'settings'].flatMap((table) => [
      rig.breakTable(table),
      rig.breakTable(table, 'UPDATE'),
    ]);
    const failed = client.nextStatus(({ state }) => state === 'error');
    await client.request('START_ENGINE', START);
    await failed;
    for (const mend of mends) mend();
    await client.ask('START_ENGINE', START);
    await client.nextFunding();
    const openings =
      "SELECT engine, seq FROM events JOIN vaults ON id = vault_id WHERE type = 'OPENING' ORDER BY engine";
    expect(rig.rows(openings)).toEqual([
      { engine: 'funding', seq: 1 },
      { engine: 'manual', seq: 1 },
    ]);
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });
});

describe('a recording that has ended', () => {
  it('is not gone past by another start', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('VAULT_RESET', { ...FUNDING, market: await recordedMarket(client, 3) });
    await client.ask('START_ENGINE', START);
    for (let hour = 0; hour < 2; hour += 1) await client.nextFunding();
    const ended = client.nextStatus(({ state }) => state === 'stopped');
    await client.ask('SET_CLOCK', { speed: 'nextFunding' });
    await ended;
    const before = rig.rows('SELECT step FROM checkpoints');
    const again = await client.request('START_ENGINE', START);
    await client.nextFigures();
    expect(again.frame.status).toBe('error');
    expect(rig.rows('SELECT step FROM checkpoints')).toEqual(before);
    expect(rig.rows("SELECT seq FROM events WHERE line LIKE '%recording has ended%'")).toHaveLength(1);
  });
});

describe('EXPORT_HISTORY', () => {
  it('twice at once writes two whole files', async () => {
    const { client } = await hedgedRig();
    for (let hour = 0; hour < 4; hour += 1) await client.nextFunding();
    const two = await Promise.all(
      [1, 2].map(() => client.ask('EXPORT_HISTORY', { kind: 'ledger', format: 'jsonl' })),
    );
    for (const { path, bytes } of two) expect(readFileSync(path)).toHaveLength(bytes);
    expect(two[0]?.path).not.toBe(two[1]?.path);
  });
});

describe('the program, when it stops,', () => {
  it('takes no new work: a backtest that is asked for now is refused', async () => {
    const { rig, client } = await hedgedRig();
    client.post('RUN_BACKTEST', { market: { kind: 'simulated', seed: 7 }, days: 3_650 });
    await client.nextStatus(({ event }) => event?.kind === 'progress');
    const begun = performance.now();
    const closing = rig.close();
    client.post('RUN_BACKTEST', { market: { kind: 'simulated', seed: 7 }, days: 400 }, randomUUID());
    await closing;
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('GET_EVENTS', () => {
  it('with both before and after is refused, or holds what lies between', async () => {
    const { client } = await hedgedRig();
    const { frame } = await client.request('GET_EVENTS', { limit: 100, before: 10, after: 5 });
    const seqs =
      frame.status === 'ok'
        ? (frame.data as { readonly events: readonly { readonly seq: number }[] }).events.map(
            ({ seq }) => seq,
          )
        : [];
    expect([[], [6, 7, 8, 9]]).toContainEqual(seqs);
  });
});

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { EventEntry } from '../../../src/shared/contract/eventEntry.ts';
import type { LedgerTransactionView } from '../../../src/shared/contract/commands/vaultCommands.ts';
import { hedgedRig, newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';
import { decimal, written } from '../../support/recompute.ts';

const FUNDING = { engine: 'funding' } as const;
const KINDS = ['events', 'ledger', 'fills', 'funding', 'equity'] as const;
const EVER = { from: 0, to: 8_640_000_000_000_000 } as const;

type Row = Readonly<Record<string, string>>;

async function someHours(): Promise<{ rig: ProgramRig; client: RigClient }> {
  const { rig, client } = await hedgedRig();
  for (let hour = 0; hour < 2; hour += 1) await client.nextFunding();
  return { rig, client };
}

/** Every page of the ledger, in the order in which it is shown. */
async function allPages(client: RigClient, limit: number): Promise<readonly LedgerTransactionView[]> {
  const all: LedgerTransactionView[] = [];
  for (;;) {
    const before = all.at(-1)?.seq;
    const { transactions, more } = await client.ask('GET_LEDGER', {
      ...FUNDING,
      limit,
      ...(before === undefined ? {} : { before }),
    });
    expect(transactions.length).toBeLessThanOrEqual(limit);
    all.push(...transactions);
    if (!more) return all;
  }
}

async function allEvents(client: RigClient, limit: number, way: 'before' | 'after'): Promise<EventEntry[]> {
  const all: EventEntry[] = [];
  for (;;) {
    const at = all.at(-1)?.seq ?? (way === 'after' ? 0 : undefined);
    const { events, more } = await client.ask('GET_EVENTS', {
      limit,
      ...(at === undefined ? {} : { [way]: at }),
    });
    all.push(...(events as EventEntry[]));
    if (!more) return all;
  }
}

/** The account that is traded by hand has a log and a ledger of its own. */
const OF_THE_ENGINE = "vault_id = (SELECT id FROM vaults WHERE engine = 'funding')";

const linesOn = (rig: ProgramRig): readonly string[] =>
  rig.rows(`SELECT line FROM events WHERE ${OF_THE_ENGINE} ORDER BY seq`).map(({ line }) => String(line));

/** Reads CSV as RFC 4180 has it, with a reader of its own. */
function readCsv(text: string): readonly Row[] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)([,\n])/g)];
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of cells) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\n') rows.push([]);
  }
  const [header = [], ...body] = rows.slice(0, -1);
  return body.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

function sumsOf(rows: readonly Row[]): Readonly<Record<string, string>> {
  const sums = new Map<string, bigint>();
  for (const { account, asset, amount } of rows) {
    const key = `${account} ${asset}`;
    sums.set(key, (sums.get(key) ?? 0n) + decimal(amount ?? ''));
  }
  return Object.fromEntries([...sums].map(([key, sum]) => [key, written(sum)]));
}

describe('GET_LEDGER', () => {
  it.each([1, 7, 500])('pages by %i without a gap or a doublet, newest first', async (limit) => {
    const { rig, client } = await hedgedRig();
    const all = await allPages(client, limit);
    const kept = rig.rows(
      `SELECT seq, t, kind FROM ledger_transactions WHERE ${OF_THE_ENGINE} ORDER BY seq DESC`,
    );
    expect(all.map(({ seq, t, kind }) => ({ seq, t, kind }))).toEqual(kept);
  });

  it('has postings that add up to zero for every asset, and balances that are their sums', async () => {
    const { client } = await someHours();
    const all = await allPages(client, 500);
    for (const { postings } of all) {
      const assets = postings.map(({ asset, amount }) => ({ account: '', asset, amount }));
      expect(new Set(Object.values(sumsOf(assets)))).toEqual(new Set(['0']));
    }
    const { balances } = await client.ask('GET_LEDGER', { ...FUNDING, limit: 1 });
    expect(
      Object.fromEntries(balances.map(({ account, asset, amount }) => [`${account} ${asset}`, amount])),
    ).toEqual(sumsOf(all.flatMap(({ postings }) => postings)));
  });

  it('of a vault that has not begun is empty', async () => {
    const reply = await newRig()
      .connect()
      .ask('GET_LEDGER', { ...FUNDING, limit: 10 });
    expect(reply).toEqual({ transactions: [], balances: [], more: false });
  });
});

describe('GET_EVENTS', () => {
  it.each([1, 13, 1_000])('pages by %i both ways over the same lines', async (limit) => {
    const { rig, client } = await hedgedRig();
    const kept = linesOn(rig).map((line) => JSON.parse(line) as EventEntry);
    expect(await allEvents(client, limit, 'after')).toEqual(kept);
    expect(await allEvents(client, limit, 'before')).toEqual(kept.toReversed());
  });

  it('gives one type, or several', async () => {
    const { client } = await someHours();
    for (const types of [['FILL'], ['FUNDING', 'OPENING'], ['NOTHING'], []]) {
      const { events } = await client.ask('GET_EVENTS', { limit: 1_000, types });
      const every = await allEvents(client, 1_000, 'before');
      const wanted = every.filter(({ type }) => types.length === 0 || types.includes(type));
      expect(events).toEqual(wanted);
    }
  });

  it.each(['SOL-PERP', 'sol-perp', '33.3', 'hedge is', '%', '_', '%%', '\\', "'", '"x"', '', 'OPENING', '✓'])(
    'finds %j as it stands, in whatever case, and takes no letter for a wildcard',
    async (search) => {
      const { rig, client } = await hedgedRig();
      const { events, more } = await client.ask('GET_EVENTS', { limit: 1_000, search });
      const wanted = linesOn(rig).filter((line) => line.toLowerCase().includes(search.toLowerCase()));
      expect(events).toEqual(wanted.map((line) => JSON.parse(line) as EventEntry).toReversed());
      expect(more).toBe(false);
    },
  );

  it('combines type, search and place', async () => {
    const { rig, client } = await hedgedRig();
    const kept = linesOn(rig).map((line) => JSON.parse(line) as EventEntry);
    const { events, more } = await client.ask('GET_EVENTS', {
      limit: 3,
      after: 20,
      types: ['FILL'],
      search: 'perp',
    });
    const wanted = kept.filter(
      ({ seq, type, data }) => seq > 20 && type === 'FILL' && data['market'] === 'SOL-PERP',
    );
    expect(events).toEqual(wanted.slice(0, 3));
    expect(more).toBe(wanted.length > 3);
  });
});

describe('GET_EQUITY_CURVE', () => {
  it('begins with the first point of the span, ends with the last, and has at most as many as asked for', async () => {
    const { rig, client } = await someHours();
    const kept = rig.rows('SELECT t, equity FROM equity_points ORDER BY t');
    expect(kept.length).toBeGreaterThan(30);
    for (const points of [2, 3, 10, 2_000]) {
      const curve = await client.ask('GET_EQUITY_CURVE', { ...FUNDING, ...EVER, points });
      expect(curve.points.length).toBeLessThanOrEqual(points);
      expect(curve.points[0]).toMatchObject(kept[0] ?? {});
      expect(curve.points.at(-1)).toMatchObject(kept.at(-1) ?? {});
    }
    const all = await client.ask('GET_EQUITY_CURVE', { ...FUNDING, ...EVER, points: 2_000 });
    expect(all.points.map(({ t, equity }) => ({ t, equity }))).toEqual(kept);
  });

  it('has what was put in on all three lines, so that a deposit is no profit', async () => {
    const { client } = await hedgedRig();
    const point = async () => {
      await client.nextFunding();
      return (await client.ask('GET_EQUITY_CURVE', { ...FUNDING, ...EVER, points: 2 })).points.at(-1);
    };
    const before = await point();
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '5000' });
    const after = await point();
    for (const line of ['equity', 'justHolding', 'neverLeaving'] as const) {
      const grown = Number(after?.[line]) - Number(before?.[line]);
      expect(grown, `on ${line}`).toBeGreaterThan(4_500);
      expect(grown, `on ${line}`).toBeLessThan(5_500);
    }
  });

  it('of a span in which nothing lies is empty', async () => {
    const { client } = await hedgedRig();
    for (const [from, to] of [
      [0, 1],
      [8_000_000_000_000_000, 1],
    ] as const)
      expect(await client.ask('GET_EQUITY_CURVE', { ...FUNDING, from, to, points: 5 })).toEqual({
        points: [],
      });
  });
});

describe('EXPORT_HISTORY', () => {
  it('writes every history in both formats: the same rows, whole, under the hash that it says', async () => {
    const { rig, client } = await someHours();
    for (const kind of KINDS) {
      const csv = await client.ask('EXPORT_HISTORY', { kind, format: 'csv' });
      const jsonl = await client.ask('EXPORT_HISTORY', { kind, format: 'jsonl' });
      const [table, lines] = [csv, jsonl].map(({ path: file, sha256, bytes }) => {
        const content = readFileSync(file);
        expect(path.dirname(file)).toBe(path.join(rig.dataDir, 'exports'));
        expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
        expect(content.length).toBe(bytes);
        return content.toString();
      }) as [string, string];
      const rows = readCsv(table);
      const objects = lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, string | number>>);
      expect(rows.length, `of ${kind}`).toBeGreaterThan(1);
      expect([csv.rows, jsonl.rows], `of ${kind}`).toEqual([rows.length, rows.length]);
      // Lines of events are those of the log, byte for byte; the next test looks at them.
      if (kind !== 'events')
        expect(rows, `of ${kind}`).toEqual(
          objects.map((one) =>
            Object.fromEntries(Object.entries(one).map(([key, value]) => [key, String(value)])),
          ),
        );
      for (const { t, time } of rows) expect(time).toBe(new Date(Number(t)).toISOString());
    }
    expect(
      readdirSync(path.join(rig.dataDir, 'exports')).filter((name) => name.endsWith('.partial')),
    ).toEqual([]);
  });

  it('holds the events as they are in the log', async () => {
    const { rig, client } = await hedgedRig();
    const { path: file } = await client.ask('EXPORT_HISTORY', { kind: 'events', format: 'csv' });
    const rows = readCsv(readFileSync(file, 'utf8'));
    expect(
      rows.map(({ seq, t, type, data }) => ({ seq, t, type, data: JSON.parse(data ?? '') as object })),
    ).toEqual(
      linesOn(rig).map((line) => {
        const { seq, t, type, data } = JSON.parse(line) as EventEntry;
        return { seq: String(seq), t: String(t), type, data };
      }),
    );
  });

  it('holds the lines of the event log byte for byte, so that their hash is the log’s', async () => {
    const { rig, client } = await hedgedRig();
    const { path: file } = await client.ask('EXPORT_HISTORY', { kind: 'events', format: 'jsonl' });
    expect(readFileSync(file, 'utf8')).toBe(
      linesOn(rig)
        .map((line) => `${line}\n`)
        .join(''),
    );
  });

  it('holds a ledger whose sums are the balances of GET_LEDGER', async () => {
    const { client } = await someHours();
    await client.ask('DRIFT_DEPOSIT', { asset: 'SOL', amount: '0.5' });
    const { path: file } = await client.ask('EXPORT_HISTORY', { kind: 'ledger', format: 'csv' });
    const { balances } = await client.ask('GET_LEDGER', { ...FUNDING, limit: 1 });
    expect(sumsOf(readCsv(readFileSync(file, 'utf8')))).toEqual(
      Object.fromEntries(balances.map(({ account, asset, amount }) => [`${account} ${asset}`, amount])),
    );
  });

  it('holds the fills, the funding and the equity curve, number by number', async () => {
    const { rig, client } = await someHours();
    const entries = linesOn(rig).map((line) => JSON.parse(line) as EventEntry);
    for (const [kind, type] of [
      ['fills', 'FILL'],
      ['funding', 'FUNDING'],
    ] as const) {
      const { path: file } = await client.ask('EXPORT_HISTORY', { kind, format: 'csv' });
      const wanted = entries
        .filter((entry) => entry.type === type)
        .map(({ seq, data }) => ({ seq: String(seq), ...data }));
      expect(readCsv(readFileSync(file, 'utf8'))).toMatchObject(wanted);
    }
    const { path: file } = await client.ask('EXPORT_HISTORY', { kind: 'equity', format: 'jsonl' });
    const { points } = await client.ask('GET_EQUITY_CURVE', { ...FUNDING, ...EVER, points: 2_000 });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject(points);
  });

  it('of a vault that has not begun is a file without rows', async () => {
    const client = newRig().connect();
    const empty = await client.ask('EXPORT_HISTORY', { kind: 'fills', format: 'csv' });
    expect(empty.rows).toBe(0);
    expect(readFileSync(empty.path, 'utf8')).toMatch(/^seq,t,time,orderId[a-z,]*liquidity\n$/);
  });
});

describe('an event', () => {
  it('is told once it is on disk, and no earlier: a second reader finds its line at once', async () => {
    const { rig, client } = await hedgedRig();
    let told = 0;
    const end = rig.program.onStatus(({ event }) => {
      if (event?.kind !== 'log') return;
      told += 1;
      const [row] = rig.rows(`SELECT line FROM events WHERE ${OF_THE_ENGINE} AND seq = ?`, event.entry.seq);
      expect(JSON.parse(String(row?.['line'])), `line ${event.entry.seq}`).toEqual(event.entry);
    });
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '10' });
    await client.refusal('DRIFT_WITHDRAW', { asset: 'USDC', amount: '900000' });
    await client.nextFunding();
    await client.ask('UPDATE_CONFIG', { ...FUNDING, config: { 'engine.deltaTolerancePct': '2' } });
    await client.ask('SOS', { flatten: true });
    await client.ask('RELEASE_SOS', {});
    end();
    expect(told).toBeGreaterThan(20);
    expect(told).toBe(client.events.filter(({ kind }) => kind === 'log').length);
  });

  it('is told once, in order, and none is left out', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
    await client.nextFunding();
    await client.ask('SOS', { flatten: true });
    const told = client.events.flatMap((event) => (event.kind === 'log' ? [event.entry] : []));
    expect(told).toEqual(linesOn(rig).map((line) => JSON.parse(line) as EventEntry));
  });
});

import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { exportLines } from '../../../src/main/simulation/historyExport.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { hedgedRig, scratchFolder, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const OPEN_FILES = '/proc/self/fd';

/** Files of a folder that this process has open; none where the system doesn't tell. */
function openIn(folder: string): readonly string[] {
  if (!existsSync(OPEN_FILES)) return [];
  return readdirSync(OPEN_FILES).flatMap((fd) => {
    try {
      const target = readlinkSync(path.join(OPEN_FILES, fd));
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}

function manyPoints(rig: ProgramRig, count: number): void {
  rig.meddle(
    `INSERT INTO equity_points (vault_id, t, equity, just_holding, never_leaving)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
     SELECT (SELECT vault_id FROM runs), i, '1', '1', NULL FROM n`,
  );
}

const EXPORT = { kind: 'equity', format: 'jsonl' } as const;

/** Asks for an export of the curve, and waits until it writes. */
async function writing(rig: ProgramRig, client: RigClient): Promise<{ folder: string; id: string }> {
  const folder = path.join(rig.dataDir, 'exports');
  const id = client.post('EXPORT_HISTORY', EXPORT);
  while (openIn(folder).length === 0 && client.resultsOf(id).length === 0) await client.ask('GET_STATUS', {});
  expect(client.resultsOf(id)).toEqual([]);
  return { folder, id };
}

const FUNDING = { engine: 'funding' } as const;

describe('an export', () => {
  it('that is ended on its way says why in its own words, and leaves neither a file nor an open one', async () => {
    const folder = scratchFolder();
    const lines = Array.from({ length: 5_000 }, (_, at) => `line ${at}`);
    const ended = exportLines(folder, 'a.csv', undefined, lines, () => {
      throw new AppError('CANCELLED', 'You ended this early.');
    });
    await expect(ended).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(path.join(folder, 'exports'))).toEqual([]);
    expect(openIn(folder)).toEqual([]);
  });

  it('that the end of the program ends is CANCELLED, and leaves neither a file nor an open one', async () => {
    const { rig, client } = await hedgedRig();
    manyPoints(rig, 300_000);
    const { folder, id } = await writing(rig, client);
    await rig.close();
    expect(client.resultsOf(id).map(({ frame }) => frame)).toMatchObject([
      { status: 'error', error: { code: 'CANCELLED' } },
    ]);
    expect(readdirSync(folder)).toEqual([]);
    expect(openIn(rig.dataDir)).toEqual([]);
  });

  it('that takes long is told of at most ten times a second, and can be cancelled', async () => {
    const { rig, client } = await hedgedRig();
    manyPoints(rig, 1_500_000);
    const begun = performance.now();
    // Whatever the machine, it takes longer than a command may: at every breath of the export others have their turn.
    let busy = true;
    const others = (): void => {
      const until = performance.now() + 3;
      while (performance.now() < until);
      if (busy) setImmediate(others);
    };
    others();
    onTestFinished(() => {
      busy = false;
    });
    const { folder, id } = await writing(rig, client);
    const heard = await client.next(({ frame }) => frame.type === 'COMMAND_RESULT' && frame.id === id);
    const { frame } = heard;
    if (frame.type !== 'COMMAND_RESULT' || frame.status !== 'accepted') throw new Error(heard.text);
    await client.nextStatus(({ event }) => event?.kind === 'progress' && event.done > 0);
    const final = client.next((one) => one.frame.type === 'COMMAND_RESULT' && one.frame.id === id);
    await client.ask('CANCEL_OPERATION', { operationId: frame.operationId });
    expect((await final).frame).toMatchObject({ status: 'error', error: { code: 'CANCELLED' } });
    const tookMs = performance.now() - begun;
    const told = client.events.filter(({ kind }) => kind === 'progress').length;
    expect(told).toBeLessThanOrEqual(tookMs / 100 + 1);
    const view = await client.ask('GET_OPERATION', { operationId: frame.operationId });
    expect(view.state).toBe('cancelled');
    expect([readdirSync(folder), openIn(folder)]).toEqual([[], []]);
  });

  it('whose vault is reset meanwhile leaves neither a partial file nor an open one', async () => {
    const { rig, client } = await hedgedRig();
    manyPoints(rig, 300_000);
    const { folder, id } = await writing(rig, client);
    await client.ask('VAULT_RESET', { engine: 'funding' });
    while (client.resultsOf(id).length === 0) await client.ask('GET_STATUS', {});
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(openIn(folder)).toEqual([]);
  });
});

describe('EXPORT_HISTORY', () => {
  it('twice in one millisecond writes two files', async () => {
    const { rig, client } = await hedgedRig();
    manyPoints(rig, 3_000);
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const two = await Promise.all(
      [1, 2].map(() => client.ask('EXPORT_HISTORY', { kind: 'equity', format: 'jsonl' })),
    );
    expect(two[0]?.path).not.toBe(two[1]?.path);
  });

  it.each(['VAULT_RESET', 'RESTORE'])('that %s overtakes ends with CANCELLED', async (command) => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    manyPoints(rig, 200_000);
    const exported = client.request('EXPORT_HISTORY', { kind: 'equity', format: 'jsonl' });
    await client.ask('GET_STATUS', {});
    await client.ask(
      command as 'RESTORE',
      (command === 'RESTORE' ? { backup } : FUNDING) as { backup: string },
    );
    expect((await exported).frame).toMatchObject({ status: 'error', error: { code: 'CANCELLED' } });
  });
});

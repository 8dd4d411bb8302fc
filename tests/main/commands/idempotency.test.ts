import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { hedgedRig, newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';

const DEPOSIT = { asset: 'USDC', amount: '100' } as const;
const START = { engine: 'funding', mode: 'paper' } as const;

/** Dollars that were put in, by the ledger. */
const putIn = (rig: ProgramRig): readonly unknown[] =>
  rig
    .rows("SELECT amount FROM ledger_entries WHERE account = 'transfers' ORDER BY seq")
    .map(({ amount }) => amount);

const textOf = async (client: RigClient, command: string, payload: unknown, id: string): Promise<string> =>
  (await client.request(command, payload, id)).text;

describe('a command that was sent twice', () => {
  it('acts once, and answers byte for byte the same, on this connection and on any other', async () => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();

    const first = await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id);
    const again = await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id);
    client.leave();
    const elsewhere = await textOf(rig.connect(), 'DRIFT_DEPOSIT', DEPOSIT, id);

    expect(first).toContain('"status":"ok"');
    expect([again, elsewhere]).toEqual([first, first]);
    expect(putIn(rig)).toEqual([-100_000_000]);
  });

  it('acts once across a restart of the program', async () => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();
    const first = await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id);

    await rig.restart();

    expect(await textOf(rig.connect(), 'DRIFT_DEPOSIT', DEPOSIT, id)).toBe(first);
    expect(putIn(rig)).toEqual([-100_000_000]);
  });

  it('acts once after a crash that came right after the answer', async () => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();
    const first = await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id);

    const after = rig.crashed();

    expect(await textOf(after.connect(), 'DRIFT_DEPOSIT', DEPOSIT, id)).toBe(first);
    expect(putIn(after)).toEqual([-100_000_000]);
  });

  it('while it is under way joins it: both are answered, each on its own connection', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const id = randomUUID();

    const answers = await Promise.all([
      textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id),
      textOf(other, 'DRIFT_DEPOSIT', DEPOSIT, id),
    ]);
    client.post('DRIFT_DEPOSIT', DEPOSIT, id);

    expect(answers[1]).toBe(answers[0]);
    expect([client.resultsOf(id).length, other.resultsOf(id).length]).toEqual([2, 1]);
    expect(putIn(rig)).toEqual([-100_000_000]);
  });

  it('and refused is refused again in the same words, and blocked once', async () => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();
    const payload = { asset: 'USDC', amount: '1000000' };

    const first = await textOf(client, 'DRIFT_WITHDRAW', payload, id);
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '900000' });
    const again = await textOf(client, 'DRIFT_WITHDRAW', payload, id);

    expect(first).toContain('"status":"error"');
    expect(again).toBe(first);
    expect(rig.rows("SELECT seq FROM events WHERE type = 'BLOCKED'")).toHaveLength(1);
  });

  it('from clients that are gone before the answer, acts once all the same', async () => {
    const { rig, client } = await hedgedRig();
    const id = client.post('DRIFT_DEPOSIT', DEPOSIT);
    client.leave();
    const other = rig.connect();

    const answer = await textOf(other, 'DRIFT_DEPOSIT', DEPOSIT, id);

    expect(answer).toContain('"status":"ok"');
    expect(client.resultsOf(id)).toEqual([]);
    expect(putIn(rig)).toEqual([-100_000_000]);
  });

  it('whose fields stand in another order is the same command', async () => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();
    const first = await textOf(client, 'DRIFT_DEPOSIT', { asset: 'USDC', amount: '100' }, id);
    expect(await textOf(client, 'DRIFT_DEPOSIT', { amount: '100', asset: 'USDC' }, id)).toBe(first);
    expect(putIn(rig)).toEqual([-100_000_000]);
  });

  it('that only reads is answered anew', async () => {
    const client = newRig().connect();
    const id = randomUUID();
    const first = await client.ask('GET_STATUS', {}, id);
    await client.ask('START_ENGINE', START);
    const again = await client.ask('GET_STATUS', {}, id);
    expect([first, again].map(({ engines }) => engines[0]?.status.startedAt === null)).toEqual([true, false]);
  });

  it('and stopped an engine does not stop it again once it was started anew', async () => {
    const rig = newRig();
    const client = rig.connect();
    const id = randomUUID();
    await client.ask('START_ENGINE', START);
    await client.ask('STOP_ENGINE', { engine: 'funding' }, id);
    await client.ask('START_ENGINE', START);

    const { status } = await client.ask('STOP_ENGINE', { engine: 'funding' }, id);

    expect(status.state).toBe('stopped');
    expect(rig.status.startedAt).not.toBeNull();
  });
});

describe('an id that was used for something else', () => {
  it.each([
    ['with another payload', 'DRIFT_DEPOSIT', { asset: 'USDC', amount: '101' }],
    ['with one more field', 'DRIFT_DEPOSIT', { ...DEPOSIT, subAccount: 0 }],
    ['for another command with the same payload', 'DRIFT_WITHDRAW', DEPOSIT],
  ])('is refused %s', async (_how, command, payload) => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();
    const first = await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id);

    const error = await client.refusal(command, payload, id);

    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', details: { field: 'id', id } });
    expect(putIn(rig)).toEqual([-100_000_000]);
    expect(await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id)).toBe(first);
  });

  it('is refused while the first is still under way', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const id = randomUUID();
    const first = client.ask('DRIFT_DEPOSIT', DEPOSIT, id);
    expect((await other.refusal('DRIFT_DEPOSIT', { ...DEPOSIT, amount: '7' }, id)).code).toBe(
      'INVALID_PAYLOAD',
    );
    await first;
    expect(putIn(rig)).toEqual([-100_000_000]);
  });
});

describe('a command whose program died before it could answer', () => {
  it('is not done again where doing it twice counts: OUTCOME_UNKNOWN, and stays that', async () => {
    const { rig, client } = await hedgedRig();
    const id = client.post('DRIFT_DEPOSIT', DEPOSIT);
    const after = rig.crashed();
    const survivor = after.connect();

    for (let time = 0; time < 2; time += 1) {
      const error = await survivor.refusal('DRIFT_DEPOSIT', DEPOSIT, id);
      expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { id } });
    }

    expect(putIn(after)).toEqual([]);
    expect((await survivor.refusal('DRIFT_DEPOSIT', { ...DEPOSIT, amount: '7' }, id)).code).toBe(
      'INVALID_PAYLOAD',
    );
  });

  it('is OUTCOME_UNKNOWN also where it was done, but the answer was not written down', async () => {
    const { rig, client } = await hedgedRig();
    const id = randomUUID();
    await client.ask('DRIFT_DEPOSIT', DEPOSIT, id);
    rig.meddle(`UPDATE answers SET answer = NULL WHERE id = '${id}'`);

    expect((await rig.connect().refusal('DRIFT_DEPOSIT', DEPOSIT, id)).code).toBe('OUTCOME_UNKNOWN');
    expect(putIn(rig)).toEqual([-100_000_000]);
  });

  it('is done again where that does no harm: an SOS', async () => {
    const { rig, client } = await hedgedRig();
    const id = client.post('SOS', { flatten: false });
    const after = rig.crashed();
    const survivor = after.connect();
    expect(after.status.state).toBe('running');

    const answer = await textOf(survivor, 'SOS', { flatten: false }, id);

    expect(answer).toContain('"halted":true');
    expect(after.status.state).toBe('halted');
    await survivor.ask('RELEASE_SOS', {});
    expect(await textOf(survivor, 'SOS', { flatten: false }, id)).toBe(answer);
    expect(after.status.state).not.toBe('halted');
  });
});

describe('after a restore', () => {
  it('an id that was used since the backup still gets its first answer, and nothing is done twice', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    const [before, since] = [randomUUID(), randomUUID()];
    const kept = await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, before);
    const refused = await textOf(client, 'DRIFT_WITHDRAW', { asset: 'USDC', amount: '1000000' }, since);
    const restoring = randomUUID();
    const restored = await textOf(client, 'RESTORE', { backup }, restoring);
    expect(restored).toContain('"status":"ok"');

    expect(await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, before)).toBe(kept);
    expect(await textOf(client, 'DRIFT_WITHDRAW', { asset: 'USDC', amount: '1000000' }, since)).toBe(refused);
    expect(await textOf(client, 'RESTORE', { backup }, restoring)).toBe(restored);
    expect(putIn(rig)).toEqual([]);

    await rig.restart();
    expect(await textOf(rig.connect(), 'DRIFT_DEPOSIT', DEPOSIT, before)).toBe(kept);
    expect(putIn(rig)).toEqual([]);
  });

  it('an id that was under way in the backup has the answer that it was given since', async () => {
    const { rig, client } = await hedgedRig();
    const backingUp = client.ask('BACKUP', {});
    const id = randomUUID();
    const depositing = textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id);
    const { backup } = await backingUp;
    const first = await depositing;
    await client.ask('RESTORE', { backup });

    expect(await textOf(client, 'DRIFT_DEPOSIT', DEPOSIT, id)).toBe(first);
    expect(putIn(rig)).toEqual([]);
  });
});

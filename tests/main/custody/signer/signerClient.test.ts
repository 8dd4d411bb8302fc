import { expect, it } from 'vitest';
import { SignerClient } from '../../../../src/main/custody/signer/signerClient.ts';
import type { SignerState } from '../../../../src/main/custody/signer/signerState.ts';
import { ManualSchedule } from '../../../../src/main/platform/schedule.ts';
import { orderOf } from '../ceremony/orderOf.ts';
import { ScriptedProcess } from './scriptedProcess.ts';

const NONE = { address: null, lock: 'none' } as const;
const FAR_TOO_LONG_MS = 3_600_000;

function clientOf(start?: () => ScriptedProcess) {
  const [started, states, lines] = [[] as ScriptedProcess[], [] as SignerState[], [] as string[]];
  let died = 0;
  const schedule = new ManualSchedule();
  const client = new SignerClient({
    start: () => {
      const process = start?.() ?? new ScriptedProcess();
      started.push(process);
      return process;
    },
    schedule,
    changed: (state) => states.push(state),
    log: (level, text) => lines.push(`${level} ${text}`),
    died: () => {
      died += 1;
    },
  });
  const signer = (): ScriptedProcess => {
    const last = started.at(-1);
    if (last === undefined) throw new Error('it was not started');
    return last;
  };
  return { client, started, states, lines, schedule, signer, died: () => died };
}

it('starts the signer with the first question, and asks the same one from then on', async () => {
  const { client, started, signer } = clientOf();
  expect(client.isRunning).toBe(false);
  for (let time = 1; time <= 2; time += 1) {
    const asked = client.ask('lock', {});
    signer().answer(NONE);
    expect(await asked).toEqual(NONE);
  }
  expect(started).toHaveLength(1);
});

it('gives each question its own answer, in whatever order they come', async () => {
  const { client, signer } = clientOf();
  const [one, two] = [client.ask('lock', {}), client.ask('remove', { address: '1'.repeat(32) })];
  const [first, second] = signer().posted;
  signer().say({ kind: 'answer', id: second?.id, answer: { removed: true } });
  signer().say({ kind: 'answer', id: first?.id, answer: NONE });
  expect([await one, await two]).toEqual([NONE, { removed: true }]);
});

it('throws what the signer throws, with its code, its words and its numbers', async () => {
  const { client, signer } = clientOf();
  const asked = client.ask('lock', {});
  const error = { code: 'WALLET_TRY_LATER', message: 'Wait.', details: { waitMs: 3 }, retryable: true };
  signer().say({ kind: 'failed', id: signer().posted[0]?.id, error });
  await expect(asked).rejects.toMatchObject(error);
});

it('tells everyone who waits when the signer dies, and starts another with the next question', async () => {
  const { client, started, signer, died, lines } = clientOf();
  const waiting = [client.ask('lock', {}), client.ask('check', {})];
  signer().die(70);
  for (const one of waiting)
    await expect(one).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE', retryable: true });
  expect([died(), client.isRunning]).toEqual([1, false]);
  expect(lines).toEqual([expect.stringContaining('70')]);
  const again = client.ask('lock', {});
  signer().answer(NONE);
  await again;
  expect(started).toHaveLength(2);
});

it('hears nothing more of one that has died', async () => {
  const { client, started, states, signer } = clientOf();
  const asked = client.ask('lock', {});
  signer().die(1);
  await expect(asked).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  started[0]?.say({ kind: 'state', state: NONE });
  expect(states).toEqual([]);
});

it('ends a signer that does not answer, but lets a person take their time over a ceremony', async () => {
  const { client, schedule, signer } = clientOf();
  const order = orderOf({ kind: 'create' });
  const ceremony = client.ask('ceremony', { order, at: 'port' }, 'the port');
  schedule.pass(FAR_TOO_LONG_MS);
  expect(signer().isKilled).toBe(false);
  expect(signer().ports).toEqual(['the port']);
  const asked = client.ask('lock', {});
  schedule.pass(FAR_TOO_LONG_MS);
  await expect(asked).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  await expect(ceremony).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  expect(signer().isKilled).toBe(true);
});

it('leaves no timer behind when it was answered', async () => {
  const { client, schedule, signer } = clientOf();
  const asked = client.ask('lock', {});
  signer().answer(NONE);
  await asked;
  expect(schedule.waiting).toBe(0);
});

it.each([
  ['no message', 'nonsense'],
  ['an unknown kind', { kind: 'secret', id: 1 }],
  ['more than it should', { kind: 'state', state: NONE, secret: 'x' }],
])('drops %s, says so, and goes on', async (_what, message) => {
  const { client, signer, lines } = clientOf();
  const asked = client.ask('lock', {});
  signer().say(message);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('secret');
  signer().answer(NONE);
  expect(await asked).toEqual(NONE);
});

it('takes no answer that does not fit the question', async () => {
  const { client, signer } = clientOf();
  const asked = client.ask('sign', { message: new Uint8Array(1) });
  signer().answer({ signature: 'text', words: [] });
  await expect(asked).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
});

it('says so where the signer cannot be started', async () => {
  const { client } = clientOf(() => {
    throw new Error('no such file');
  });
  await expect(client.ask('lock', {})).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
});

it('passes on the state and the lines for the log', () => {
  const { client, signer, states, lines } = clientOf();
  void client.ask('lock', {}).catch(() => undefined);
  signer().say({ kind: 'state', state: NONE });
  signer().say({ kind: 'log', level: 'info', text: 'words' });
  expect([states, lines]).toEqual([[NONE], ['info words']]);
});

it('ends the signer when it is closed, tells who waits, and starts none any more', async () => {
  const { client, signer, started, died } = clientOf();
  const asked = client.ask('lock', {});
  client.close();
  await expect(asked).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  expect(signer().isKilled).toBe(true);
  await expect(client.ask('lock', {})).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  expect([started.length, died()]).toEqual([1, 0]);
});

it('is done with a signer that does not answer and does not end either', async () => {
  const { client, schedule, started, signer, died } = clientOf();
  const asked = client.ask('lock', {});
  const stuck = signer();
  stuck.isStuck = true;
  schedule.pass(FAR_TOO_LONG_MS);
  await expect(asked).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  expect([stuck.isKilled, died(), client.isRunning]).toEqual([true, 1, false]);
  const again = client.ask('lock', {});
  signer().answer(NONE);
  expect(await again).toEqual(NONE);
  expect(started).toHaveLength(2);
});

it('waits for no answer to what could not be handed over', async () => {
  const { client, schedule, signer } = clientOf();
  const first = client.ask('lock', {});
  signer().answer(NONE);
  await first;
  signer().isDeaf = true;
  await expect(client.ask('lock', {})).rejects.toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
  expect(schedule.waiting).toBe(0);
});

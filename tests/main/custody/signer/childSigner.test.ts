import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isSignedBy } from '../../../../src/main/custody/address.ts';
import { startChildSigner } from '../../../../src/main/custody/signer/childSigner.ts';
import { SignerClient } from '../../../../src/main/custody/signer/signerClient.ts';
import type { SignerProcess } from '../../../../src/main/custody/signer/signerProcess.ts';
import type { SignerState } from '../../../../src/main/custody/signer/signerState.ts';
import { realSchedule } from '../../../../src/main/platform/schedule.ts';
import { Keyring, hasKeyring, whySkipped } from '../../../support/keyring.ts';
import { storedKey } from '../ceremony/ceremonyRig.ts';
import { orderOf } from '../ceremony/orderOf.ts';
import { transferMessage } from './messages.ts';

const STRANGER = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';

/** A client of a real process, which ends with the test. */
function client(env: NodeJS.ProcessEnv = process.env) {
  const [states, lines, started] = [[] as SignerState[], [] as string[], [] as SignerProcess[]];
  const gone = Promise.withResolvers<true>();
  const signer = new SignerClient({
    start: () => {
      const process = startChildSigner(env);
      started.push(process);
      return process;
    },
    schedule: realSchedule,
    changed: (state) => states.push(state),
    log: (level, text) => lines.push(`${level} ${text}`),
    died: () => {
      gone.resolve(true);
    },
  });
  onTestFinished(() => {
    signer.close();
  });
  return { signer, states, lines, started, gone: gone.promise };
}

/** The processes that this one has started and that are still there, by their command lines. Linux. */
function children(): readonly { readonly pid: number; readonly line: string; readonly environ: string }[] {
  const pids = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return pids
    .map((pid) => ({
      pid: Number(pid),
      line: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      environ: readFileSync(`/proc/${pid}/environ`, 'utf8'),
    }))
    .filter(({ line }) => line.includes('custody/signer/main.ts'));
}

describe.runIf(hasKeyring)(`the process of the signer${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('reads the keychain itself, signs, refuses, and tells of its lock', async () => {
    const { address } = (await storedKey()).header;
    const { signer, states, lines } = client();
    await signer.ask('check', {});
    const message = transferMessage(address, address);
    await expect(signer.ask('sign', { message })).rejects.toMatchObject({ code: 'WALLET_MISSING' });
    await signer.ask('select', { address, opens: true, idleMs: 0 });
    const { signature } = await signer.ask('sign', { message });
    expect(isSignedBy(address, message, signature)).toBe(true);
    const drain = transferMessage(address, STRANGER);
    await expect(signer.ask('sign', { message: drain })).rejects.toMatchObject({
      code: 'TRANSACTION_REFUSED',
      details: { reason: expect.any(String) as unknown },
    });
    await signer.ask('lock', {});
    await expect(signer.ask('sign', { message })).rejects.toMatchObject({ code: 'WALLET_LOCKED' });
    expect(states.map(({ lock }) => lock)).toEqual(['unlocked', 'locked']);
    expect(lines).toHaveLength(3);
  });

  it('comes back locked after it has died, whatever has ended it', async () => {
    const { address } = (await storedKey()).header;
    const { signer, gone } = client();
    await signer.ask('select', { address, opens: true, idleMs: 0 });
    const [child] = children();
    process.kill(child?.pid ?? 0, 'SIGKILL');
    await gone;
    const message = transferMessage(address, address);
    await expect(signer.ask('sign', { message })).rejects.toMatchObject({ code: 'WALLET_MISSING' });
    expect(await signer.ask('select', { address, opens: false, idleMs: 0 })).toMatchObject({
      lock: 'locked',
    });
  });

  it('gets of the environment only the way to the keychain, the folders and the terminal', async () => {
    const { signer } = client({ ...process.env, NODE_OPTIONS: '--inspect=0', API_KEY: 'not its business' });
    await signer.ask('check', {});
    const [child] = children();
    expect(child?.environ).toContain('DBUS_SESSION_BUS_ADDRESS=');
    expect(child?.environ).not.toMatch(/NODE_OPTIONS|API_KEY|npm_|VITEST/);
  });

  it('takes part in no ceremony at a terminal where there is none, and shows no key over a port', async () => {
    const { address } = (await storedKey()).header;
    const { signer } = client();
    const order = orderOf({ kind: 'export', address });
    // Runs of tests may have a terminal; a port this process never has.
    await expect(signer.ask('ceremony', { order, at: 'port' })).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('answers what it does not do with an error of one kind, and goes on', async () => {
    const { signer, started } = client();
    await signer.ask('check', {});
    const answers: unknown[] = [];
    started[0]?.onMessage((message) => answers.push(message));
    for (const message of [undefined, 'text', { id: 1 }, { id: 7, name: 'steal', ask: {} }])
      if (message !== undefined) started[0]?.post(message);
    started[0]?.post({ id: 99, name: 'remove', ask: { address: 'no address' } });
    await signer.ask('check', {});
    expect(answers).toContainEqual(
      expect.objectContaining({
        kind: 'failed',
        id: 99,
        error: expect.objectContaining({ code: 'INTERNAL' }) as unknown,
      }),
    );
  });
});

it.runIf(process.platform === 'linux')(
  'the signer says that the keychain is missing where it is',
  async () => {
    const { signer } = client({ ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' });
    await expect(signer.ask('check', {})).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      details: { reason: 'missing' },
    });
  },
);

it.runIf(hasKeyring)(
  `the signer ends at once, also while the keychain asks for its password${whySkipped}`,
  async () => {
    await using keyring = await Keyring.start('locked', { asksForEver: true });
    const { signer, gone } = client(keyring.env);
    const checked = signer.ask('check', {}).catch((error: unknown) => error);
    await expect.poll(() => keyring.isAsking, { timeout: 20_000 }).toBe(true);
    const [child] = children();
    process.kill(child?.pid ?? 0, 'SIGTERM');
    await gone;
    expect(await checked).toMatchObject({ code: 'SIGNER_UNAVAILABLE' });
    // It would give up after a while, and the process end with it.
    expect(keyring.isAsking).toBe(true);
    expect(children()).toEqual([]);
  },
);

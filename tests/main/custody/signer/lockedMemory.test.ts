import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Keyring, hasKeyring, whySkipped } from '../../../support/keyring.ts';
import { storedKey } from '../ceremony/ceremonyRig.ts';
import { foundInMemory } from '../processMemory.ts';

const PASSPHRASE = 'a passphrase that stands nowhere else';

describe.runIf(hasKeyring)(`the memory of the signer${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('has the key of a wallet with a passphrase while it is unlocked, and nothing of it once it is locked', async () => {
    const { header, secret } = await storedKey(PASSPHRASE);
    const folder = mkdtempSync(join(tmpdir(), 'locking-'));
    const file = join(folder, 'passphrase');
    writeFileSync(file, PASSPHRASE);
    const program = join(import.meta.dirname, 'lockingProgram.ts');
    const child = spawn(process.execPath, [program, header.address, file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    });
    // Of each its end: what frees memory writes over the start of it.
    const wanted = { key: Buffer.from(secret.subarray(16)), passphrase: Buffer.from(PASSPHRASE.slice(-24)) };
    const said = async (): Promise<string> => String(((await once(child.stdout, 'data')) as [Buffer])[0]);
    expect(await said()).toBe('unlocked\n');
    expect(foundInMemory(child.pid ?? 0, wanted)).toEqual(['key']);
    child.stdin.write('lock');
    expect(await said()).toBe('locked\n');
    expect(foundInMemory(child.pid ?? 0, wanted)).toEqual([]);
  });
});

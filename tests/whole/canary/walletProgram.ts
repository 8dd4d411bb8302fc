/**
 * A program that does with its wallets what an engine and a person do, and says what came of it; at the end it waits for
 * Enter. Every message between it and its signer is recorded. Arguments: the data folder, the file of the record, a file
 * for a snapshot of its heap, the name of the wallet, and messages of transactions in hex: one to be signed, and others
 * to be refused.
 */
import { once } from 'node:events';
import { writeHeapSnapshot } from 'node:v8';

import { openWallets } from '../../../src/main/app.ts';
import { startChildSigner } from '../../../src/main/custody/signer/childSigner.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { recorded } from './recordedSigner.ts';

const [dataDir = '', record = '', snapshot = '', name = '', good = '', ...bad] = process.argv.slice(2);
const opened = openWallets({
  dataDir,
  logLevel: 'debug',
  stderrLevel: 'debug',
  startSigner: () => recorded(startChildSigner(process.env), record),
});
const { wallets } = opened;

/** Does it, and says how it ended. */
async function told(what: string, act: () => Promise<unknown>): Promise<void> {
  const outcome = await act().then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
  );
  process.stdout.write(`${what}: ${outcome}\n`);
}

const sign = (hex: string): Promise<unknown> => wallets.sign(Buffer.from(hex, 'hex'));
const given = { name };

await told('imported', () => wallets.ceremony({ kind: 'import' }, { given: { ...given, source: 'phrase' } }));
const address = wallets.list()[0]?.address ?? '';
await told('unlocked', () => wallets.unlockAtTerminal());
await told('signed', () => sign(good));
for (const message of bad) await told('refused', () => sign(message));
await told('locked', () => wallets.lock());
await told('signed while locked', () => sign(good));
await told('changed', () => wallets.ceremony({ kind: 'passphrase', address }, { given: {} }));
await told('exported', () => wallets.ceremony({ kind: 'export', address }, { given: {} }));
await told('created', () => wallets.ceremony({ kind: 'create' }, { given: { words: 12 } }));
await told('unlocked again', () => wallets.unlockAtTerminal());
process.stdout.write('The signer may be killed.\n');
await told('signed until its death', async () => {
  for (;;) await sign(good);
});
await told('signed after its death', () => sign(good));
await told('shown', () => wallets.patientView());
await told('removed', () => wallets.remove(address, name));
writeHeapSnapshot(snapshot);
process.stdout.write('It may be searched.\n');
await once(process.stdin, 'data');
process.stdin.pause();
opened.close();

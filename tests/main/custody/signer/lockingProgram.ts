/**
 * A signer's desk that unlocks a wallet, signs with it, and locks it again when something comes on its input; it says
 * where it stands, and can be searched there. Arguments: the address, and a file with the passphrase.
 */
import { readFileSync } from 'node:fs';
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { KeychainKeys } from '../../../../src/main/custody/keys/keychainKeys.ts';
import { SignerDesk } from '../../../../src/main/custody/signer/signerDesk.ts';
import { stopwatch, wallClock } from '../../../../src/main/platform/clock.ts';
import { collectGarbage } from '../../../../src/main/platform/garbage.ts';
import { realSchedule } from '../../../../src/main/platform/schedule.ts';
import { fillSecret } from '../../../../src/main/platform/secretBytes.ts';
import { orderOf } from '../ceremony/orderOf.ts';
import { ScriptedDialogue } from '../ceremony/scriptedDialogue.ts';
import { transferMessage } from './messages.ts';

const [address = '', passphrase = ''] = process.argv.slice(2);
const keychain = new SystemKeychain();
const desk = new SignerDesk({
  keychain,
  keys: new KeychainKeys({ keychain, fill: fillSecret, clock: wallClock }),
  fill: fillSecret,
  schedule: realSchedule,
  elapsed: stopwatch,
  clear: collectGarbage,
  changed: () => undefined,
  log: () => undefined,
});
await desk.select({ address, opens: true, idleMs: 0 });
const dialogue = new ScriptedDialogue({ passphrase: () => readFileSync(passphrase) });
await desk.ceremony(orderOf({ kind: 'unlock', address }), dialogue);
await desk.sign(transferMessage(address, address));
process.stdout.write('unlocked\n');
process.stdin.once('data', () => {
  desk.lock();
  void desk.cleared.then(() => process.stdout.write('locked\n'));
});

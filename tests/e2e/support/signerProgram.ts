/** The signer as it is, on a keychain in memory. Its port is the channel of this process. */
import type { CeremonyPort } from '../../../src/main/custody/ceremony/portDialogue.ts';
import { KeychainKeys } from '../../../src/main/custody/keys/keychainKeys.ts';
import { SignerDesk } from '../../../src/main/custody/signer/signerDesk.ts';
import { SignerService } from '../../../src/main/custody/signer/signerService.ts';
import { stopwatch, wallClock } from '../../../src/main/platform/clock.ts';
import { realSchedule } from '../../../src/main/platform/schedule.ts';
import { fillSecret } from '../../../src/main/platform/secretBytes.ts';
import { MemoryKeychain } from '../../main/custody/keys/memoryKeychain.ts';

/** What the test's side sends: what the program would ask of the signer, or what the window said. */
export type ToSignerProgram =
  { readonly name: 'ceremony' | 'select'; readonly ask: object } | { readonly fromWindow: unknown };

const keychain = new MemoryKeychain();
const service = new SignerService({
  desk: new SignerDesk({
    keychain,
    keys: new KeychainKeys({ keychain, fill: fillSecret, clock: wallClock }),
    fill: fillSecret,
    schedule: realSchedule,
    elapsed: stopwatch,
    clear: () => Promise.resolve(),
    changed: () => undefined,
    log: () => undefined,
  }),
  post: () => undefined,
  atTerminal: () => Promise.reject(new Error('there is no terminal')),
});

let hear: (message: unknown) => void = () => undefined;
const port: CeremonyPort = {
  post: (toWindow) => process.send?.({ toWindow }),
  listen: (heard) => {
    hear = heard;
  },
  close: () => undefined,
};

process.on('message', (message: ToSignerProgram) => {
  if ('fromWindow' in message) hear(message.fromWindow);
  else void service.receive({ id: 1, ...message }, port);
});

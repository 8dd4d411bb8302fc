import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { createLogger } from '../../../src/main/platform/logger.ts';
import { newRig } from '../../support/programRig.ts';
import { keyOf, phraseOf } from '../../support/walletSecrets.ts';
import { DECOY, DECOY_NAMES } from './decoy.ts';
import { formsOfKey, formsOfPhrase } from './forms.ts';
import { ONLY_DECOY, Search } from './search.ts';

const KEY = keyOf('canary in the wrong place');
const PHRASE = phraseOf('canary of words in the wrong place');
const [NAME] = DECOY_NAMES;
const search = new Search(
  [...formsOfKey('the key', KEY.pair.subarray(0, 32)), ...formsOfPhrase('the phrase', PHRASE)],
  DECOY.forms,
);

type Command = readonly [name: string, payload: unknown];
const SECRETS = [KEY.base58, PHRASE, KEY.json];

/** Commands with a secret where an address belongs, or nothing at all. */
const COMMANDS: readonly Command[] = SECRETS.flatMap((secret): readonly Command[] => [
  ['WATCH_ADDRESS', { address: secret, name: NAME }],
  ['SELECT_WALLET', { address: secret }],
  ['RENAME_WALLET', { address: secret, name: NAME }],
  ['REMOVE_WALLET', { address: secret, confirm: secret }],
  ['OPEN_WALLET_WINDOW', { task: { kind: 'unlock', address: secret } }],
  ['OPEN_WALLET_WINDOW', { task: { kind: secret } }],
  ['LOCK_WALLET', { passphrase: secret }],
  ['GET_WALLETS', secret],
]);
/** The name of a command or a field, which no person types, is told back to the client that made it up. */
const MADE_UP: readonly Command[] = SECRETS.flatMap((secret): readonly Command[] => [
  ['LOCK_WALLET', { [secret]: true }],
  [secret, {}],
]);

describe('a secret that is sent where none belongs', () => {
  it('[N] is not repeated in an answer, and kept in no log at level debug and no database', async () => {
    const rig = newRig({ logLevel: 'debug' });
    const client = rig.connect();
    for (const [name, payload] of COMMANDS) await client.refusal(name, payload);
    await client.ask('WATCH_ADDRESS', { address: KEY.address, name: NAME });
    expect(search.bytes(...client.heard.map(({ text }) => text))).toEqual(ONLY_DECOY);

    for (const [name, payload] of MADE_UP) await client.refusal(name, payload);
    const logs = path.join(rig.dataDir, 'logs');
    createLogger({ folder: logs, level: 'debug', stderrLevel: 'none', now: Date.now }).debug(NAME);
    expect(search.folder(logs)).toEqual(ONLY_DECOY);
    expect(search.folder(rig.dataDir)).toEqual(ONLY_DECOY);
  });
});

/** Makes sure that there is a keychain for the tests: `npm run keyring`. */
import { readyKeyring } from './keyring.mjs';

// The tests themselves say what they can't do without one.
readyKeyring();

/** Makes sure that there is a browser for the tests: `npm run browser`. Says so where there can be none. */
import { findChromium } from './browser.mjs';

// The tests themselves say what they can't do without one.
findChromium(() => undefined);

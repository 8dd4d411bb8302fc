import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { LEFT_OUT } from './leftOut.ts';
import { manifest } from './lockfile.ts';

/** What the program loads of them, it loads together, and late. */
const BUNDLED = new Set(['@drift-labs/sdk', '@solana/web3.js']);
/** Stands before the name of a package that was left out. */
const LEFT_OUT_ID = '\0left-out:';

const inPackage = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file);
const packageOf = (asked: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(asked)?.[0] ?? asked;

/**
 * How the program's own part is bundled. Its dependencies stay outside, and are packed as they are; the Drift SDK and
 * web3.js, with everything that they need, go in: each package gets what Node.js would find from where it lies, which is
 * often another version than the program's own, and never what is meant for browsers.
 */
export function driftSdk(project: string): Plugin {
  const { dependencies } = manifest();
  const standIn = (name: string): string => join(project, 'build', 'standIns', `${name}.ts`);
  const replaced: ReadonlyMap<string, string> = new Map([
    ['rpc-websockets', standIn('rpcWebsockets')],
    // The same in JavaScript, without the search for a native half and the line on the console that there is none.
    ['bigint-buffer', 'bigint-buffer/dist/browser.js'],
  ]);
  return {
    name: 'drift-sdk',
    enforce: 'pre',
    resolveId(asked, importer) {
      if (importer === undefined || isBuiltin(asked)) return null;
      if (inPackage(importer) && LEFT_OUT.has(asked)) return `${LEFT_OUT_ID}${asked}`;
      if (asked.startsWith('.')) return null;
      if (!inPackage(importer)) {
        const name = packageOf(asked);
        if (Object.hasOwn(dependencies, name)) return { id: asked, external: true };
        return BUNDLED.has(name) ? find(asked, join(project, 'package.json')) : null;
      }
      return find(replaced.get(asked) ?? asked, importer);
    },
    load(id) {
      if (!id.startsWith(LEFT_OUT_ID)) return null;
      const name = id.slice(LEFT_OUT_ID.length);
      return `const { leftOut } = require(${JSON.stringify(standIn('leftOut'))});
module.exports = leftOut(${JSON.stringify(name)}, ${JSON.stringify(LEFT_OUT.get(name))});`;
    },
  };
}

const find = (asked: string, from: string): string => createRequire(from).resolve(asked);

/** The SDK's chunk: nothing else is bundled from packages into the program's part. */
export const DRIFT_CHUNK = { name: 'drift', test: inPackage };

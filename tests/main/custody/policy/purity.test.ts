import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../../../src/main/custody/policy/', import.meta.url);
/** Where a file says what it loads. That nothing is loaded in another way, the next test sees. */
const SPECIFIER = /(?:^import|\bfrom) '([^']+)';$/gm;

/** Every file that the policy loads, and every package. */
function loaded(): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = readdirSync(FOLDER).map((name) => new URL(name, FOLDER));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file.href)) continue;
    files.add(file.href);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(SPECIFIER))
      if (specifier.startsWith('.')) waiting.push(new URL(specifier, file));
      else packages.add(specifier);
  }
  return { files, packages };
}

test('the policy rests on hashes and the curve alone: no SDK, no network, no disk, no clock', () => {
  const { files, packages } = loaded();
  const root = new URL('../../../../src/', import.meta.url).href;
  const outside = [...files]
    .filter((file) => !file.startsWith(FOLDER.href))
    .map((file) => file.slice(root.length));
  expect(files.size).toBeGreaterThan(20);
  expect([...packages].toSorted()).toEqual(['@noble/curves/ed25519.js', 'node:crypto']);
  expect(outside.toSorted()).toEqual([
    'main/custody/address.ts',
    'main/custody/base58.ts',
    'main/custody/zeroable.ts',
    'shared/money/decimal.ts',
    'shared/money/quantity.ts',
    'shared/money/rounding.ts',
  ]);
});

test('nothing of the policy reaches for what has no import', () => {
  for (const name of readdirSync(FOLDER)) {
    const source = readFileSync(fileURLToPath(new URL(name, FOLDER)), 'utf8');
    expect(source).not.toMatch(/\b(?:fetch|process|globalThis|Date|setTimeout|require|import)\b\s*[.(]/);
  }
});

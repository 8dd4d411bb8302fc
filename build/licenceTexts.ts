import { readFileSync, readdirSync } from 'node:fs';
import { licenceFiles, type Licensed } from './licences.ts';

const ROOT = new URL('../', import.meta.url);

const NOTICE_FILE = /^(?:notice|copyrightnotice)/i;
/** Of what is built into a binary: it goes along, but doesn't license the package. */
const OF_OTHERS = /third.?party/i;

/** Packages whose text lies in another that always comes with them: a binary for a system has it in its package. */
const IN_ANOTHER: readonly (readonly [start: string, other: string])[] = [
  ['@napi-rs/keyring-', 'node_modules/@napi-rs/keyring'],
];

/** What isn't in a package and has to go with it: lightweight-charts leaves its NOTICE in its repository. */
export const ADDED_NOTICES: ReadonlyMap<string, string> = new Map([
  [
    'lightweight-charts',
    'TradingView Lightweight Charts™\nCopyright (c) 2026 TradingView, Inc. https://www.tradingview.com/',
  ],
]);

/** Whom a package without a text and an author of its own names in its README. */
const CREDITED: ReadonlyMap<string, string> = new Map([
  ['bs58', 'Mike Hearn, Stefan Thomas, Stephan Pair, Daniel Cousens, Jared Deckard'],
]);

/** Where the text of the Apache License stands that names nobody. */
const APACHE = 'node_modules/@solana/spl-token-group';

/** Where Vite's own text ends, and those of what it bundles for itself begin: nothing of that is in a page. */
const VITES_OWN = '# Licenses of bundled dependencies';

/**
 * The texts that go with a package: of its licence, of its NOTICE, of what is built into it. One that brings none gets
 * the usual text of the licence that it declares.
 */
export function licenceTexts(place: string, one: Licensed): readonly string[] {
  const files = licenceFiles(place) ?? [];
  const texts = [...files, ...noticeFiles(place)].map((file) => ownText(readFileSync(file, 'utf8')));
  const added = ADDED_NOTICES.get(one.name) ?? [];
  if (files.some((file) => !OF_OTHERS.test(file.pathname))) return [...texts, added].flat();
  return [elsewhere(one) ?? usualTexts(place, one), texts, added].flat();
}

const ownText = (text: string): string =>
  (text.replaceAll('\r\n', '\n').split(VITES_OWN)[0] ?? '').replace(/[^\S\n]+$/gm, '').trim();

function noticeFiles(place: string): readonly URL[] {
  const folder = new URL(`${place}/`, ROOT);
  return readdirSync(folder)
    .filter((name) => NOTICE_FILE.test(name))
    .map((name) => new URL(encodeURIComponent(name), folder));
}

function elsewhere({ name }: Licensed): readonly string[] | undefined {
  const [, other] = IN_ANOTHER.find(([start]) => name.startsWith(start)) ?? [];
  return other === undefined ? undefined : textsOf(other);
}

const textsOf = (place: string): readonly string[] =>
  (licenceFiles(place) ?? []).map((file) => ownText(readFileSync(file, 'utf8')));

/** Throws for a licence whose usual text isn't here, and where that text has to say whose the package is and nobody does. */
function usualTexts(place: string, { name, licence }: Licensed): readonly string[] {
  const { author } = JSON.parse(readFileSync(new URL(`${place}/package.json`, ROOT), 'utf8')) as Described;
  const named = typeof author === 'string' ? author : author?.name;
  if (APACHE_OR_MORE.has(licence))
    return [
      `(The package brings no text. Its package.json says ${licence} and names ${named ?? 'no author'}; the Apache License applies, which names no holder.)`,
      ...textsOf(APACHE),
    ];
  const holder = named ?? CREDITED.get(name);
  if (licence !== 'MIT' || holder === undefined)
    throw new Error(
      `${name} brings no text of its licence (${licence}). Give it one in build/licenceTexts.ts.`,
    );
  const whose = named === undefined ? 'its README.md credits those below' : 'names its author';
  return [
    `(The package brings no text. Its package.json says MIT and ${whose}; this is that licence's usual text.)\n\n${mit(holder)}`,
  ];
}

/** Where it is left to us, it is this one. */
const APACHE_OR_MORE: ReadonlySet<string> = new Set(['Apache-2.0', '(MIT OR Apache-2.0)']);

interface Described {
  readonly author?: string | { readonly name?: string };
}

const mit = (holder: string): string => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

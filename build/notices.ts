import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPlaces } from './bundled.ts';
import { isMeant, LICENCE_REMARKS } from './licenceRemarks.ts';
import { licenceFiles, licensedAt, trees, type Licensed } from './licences.ts';
import { licenceTexts } from './licenceTexts.ts';
import { lockfile, type Lockfile } from './lockfile.ts';

/**
 * The licences of everything that an installed app is made of, in one file beside it: electron-builder leaves out what
 * isn't code, and a bundled page has nothing else of its packages.
 */
const OUT = join(import.meta.dirname, '..', 'out');
const OWN = join(import.meta.dirname, '..', 'LICENSE');
export const NOTICES_FILE = 'licences.txt';

const RULE = '='.repeat(80);

/** What goes into an installer made here: the program's packages for this system, and what `out` was bundled from. */
export function shippedPlaces(out: string, lock: Lockfile = lockfile()): readonly string[] {
  const program = [...trees(lock).program].filter((place) => licenceFiles(place) !== undefined);
  return [...new Set([...program, ...bundledPlaces(out)])];
}

/** A package, and the numbers under which its texts stand. */
interface Entry extends Licensed {
  readonly numbers: readonly number[];
}

/** The file's text: a list of the packages, then each text of a licence once, with those that it is for. */
export function notices(places: readonly string[], lock: Lockfile = lockfile()): string {
  const own = { name: 'Phantom Arbiter', version: lock.packages['']?.version ?? '', licence: 'MIT' };
  const texts = new Map<
    string,
    { readonly number: number; readonly text: string; readonly of: Licensed[] }
  >();
  const add = (of: Licensed, given: readonly string[]): Entry => {
    const numbers = given.map((text) => {
      // The same words in other lines are the same text.
      const words = text.replace(/\s+/g, ' ');
      const known = texts.get(words) ?? { number: texts.size + 1, text, of: [] };
      texts.set(words, known);
      known.of.push(of);
      return known.number;
    });
    return { ...of, numbers };
  };
  const program = add(own, [readFileSync(OWN, 'utf8').trim()]);
  // A package may lie in two places.
  const packages = new Map(places.map((place) => [nameOf(licensedAt(lock, place)), place]));
  const entries = [...packages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, place]) => add(licensedAt(lock, place), licenceTexts(place, licensedAt(lock, place))));
  return [
    HEAD,
    listOf([program, ...entries]),
    ...[...texts.values()].flatMap(({ number, text, of }) => [
      `${RULE}\n${number}. ${of.map(nameOf).join(', ')}\n${RULE}`,
      text,
    ]),
    '',
  ].join('\n\n');
}

const HEAD = `Licences

Phantom Arbiter is free software under the MIT licence. It is made with the packages below, each under a licence of its
own; the last column says where in this file its text stands. Electron, which all of it runs on, comes with its own
licence in LICENSE.electron.txt and those of Chromium in LICENSES.chromium.html.`;

const nameOf = ({ name, version }: Licensed): string => `${name} ${version}`;

function listOf(entries: readonly Entry[]): string {
  const rows = [
    ['package', 'licence', 'text'],
    ...entries.map((entry) => [nameOf(entry), entry.licence, entry.numbers.join(', ')]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const remarks = LICENCE_REMARKS.filter((remark) => entries.some(({ name }) => isMeant(remark, name)));
  return [lines.join('\n'), ...remarks.map(({ name, remark }) => `${name}: ${remark}`)].join('\n\n');
}

/** Writes the file beside what was built, for the menu of a desktop run from its sources and for electron-builder. */
export const writeNotices = (out: string = OUT): void => {
  writeFileSync(join(out, NOTICES_FILE), notices(shippedPlaces(out)));
};

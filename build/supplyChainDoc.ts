import { readFileSync, writeFileSync } from 'node:fs';
import { lockfile, type Lockfile } from './lockfile.ts';
import { isMeant, LICENCE_REMARKS, type LicenceRemark } from './licenceRemarks.ts';
import { licensedAt, trees, type Licensed, type Trees } from './licences.ts';

/**
 * The licences in docs/supply-chain.md, made from the lockfile, so that every system makes the same.
 * `npm run -s docs:supply-chain` writes them; a test compares. What stands around them is written by hand.
 */
const FILE = new URL('../docs/supply-chain.md', import.meta.url);
const BEGIN = '<!-- Made by `npm run -s docs:supply-chain` from here -->\n';
const END = '<!-- to here. -->\n';

export const writtenSupplyChainDoc = (): string => readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n');

/** The document with its licences as the lockfile has them now. */
export function supplyChainDoc(written: string, lock: Lockfile = lockfile()): string {
  const [before, rest] = written.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined)
    throw new Error('docs/supply-chain.md has lost the lines between which its licences stand');
  return `${before}${BEGIN}\n${licences(lock)}\n${END}${after}`;
}

function licences(lock: Lockfile): string {
  const all = trees(lock);
  const others = Object.keys(lock.packages).filter(
    (place) => place !== '' && !all.program.has(place) && !all.page.has(place) && !all.venue.has(place),
  );
  return [
    `### In the program: ${all.program.size} packages`,
    table(['package', 'version', 'licence'], rowsOf(lock, all.program)),
    `### In the page: ${all.page.size} packages`,
    table(['package', 'version', 'licence'], rowsOf(lock, all.page)),
    `### In the chunk of the Drift SDK: ${all.venue.size} packages`,
    table(['package', 'version', 'licence'], rowsOf(lock, all.venue)),
    `### Only for building and testing: ${others.length} packages`,
    table(['licence', 'packages', 'of them with the Drift SDK'], countsOf(lock, others, all.sdk)),
    '### Licences with a word',
    table(
      ['package', 'version', 'declared', 'in', ''],
      LICENCE_REMARKS.map((remark) => remarkRow(lock, all, remark)),
    ),
  ].join('\n\n');
}

function rowsOf(lock: Lockfile, places: Iterable<string>): readonly (readonly string[])[] {
  const rows = [...places]
    .map((place) => licensedAt(lock, place))
    .map((one) => [one.name, one.version, one.licence]);
  return [...new Map(rows.map((row) => [row.join(' '), row])).values()].toSorted(byText);
}

function countsOf(
  lock: Lockfile,
  places: readonly string[],
  sdk: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const groups = Map.groupBy(places, (place) => licensedAt(lock, place).licence);
  return [...groups]
    .toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([licence, held]) => [
      licence,
      `${held.length}`,
      `${held.filter((place) => sdk.has(place)).length}`,
    ]);
}

function remarkRow(lock: Lockfile, all: Trees, about: LicenceRemark): readonly string[] {
  const places = Object.keys(lock.packages).filter(
    (place) => place !== '' && isMeant(about, licensedAt(lock, place).name),
  );
  const each = (read: (one: Licensed) => string): string =>
    [...new Set(places.map((place) => read(licensedAt(lock, place))))].join(', ');
  return [
    `\`${about.name}\``,
    each(({ version }) => version),
    each(({ licence }) => licence),
    [...new Set(places.map((place) => treeOf(place, all)))].join(', '),
    about.remark,
  ];
}

function treeOf(place: string, { program, page, venue, sdk }: Trees): string {
  if (program.has(place)) return 'program';
  if (page.has(place)) return 'page';
  if (venue.has(place)) return 'Drift chunk';
  return sdk.has(place) ? 'tests, with the Drift SDK' : 'tools';
}

const byText = (a: readonly string[], b: readonly string[]): number => (a.join(' ') < b.join(' ') ? -1 : 1);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1])
  writeFileSync(FILE, supplyChainDoc(writtenSupplyChainDoc()));

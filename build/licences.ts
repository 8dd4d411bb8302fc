import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import { DRIFT_PACKAGES } from './driftPackages.ts';
import { closure, nameAt, type Lockfile } from './lockfile.ts';

const ROOT = new URL('../', import.meta.url);

/** Licences of what users get. Each lets it be used, changed and passed on, as long as its text goes with it. */
export const SHIPPED_LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  // Taken as MIT.
  '(MIT OR CC0-1.0)',
  // Taken as the latter.
  '(MIT OR Apache-2.0)',
  // Of Python, for argparse: as permissive as the others.
  'Python-2.0',
  // Of the typeface: it may go with a program, and may not be sold alone.
  'OFL-1.1',
]);

/** Licences that need no word where they only build and test: these, and those that ask for even less. */
const COMMON: ReadonlySet<string> = new Set([
  ...SHIPPED_LICENCES,
  '(MIT AND Zlib)',
  '(WTFPL OR MIT)',
  'CC0-1.0',
  'MIT AND BSD-3-Clause',
  'Unlicense',
  'WTFPL',
  'WTFPL OR ISC',
]);

/** Words of licences that ask something back, or allow less: a package may declare one licence and come with another. */
const RESTRICTIONS =
  /Business Source License|GNU (?:Affero |Lesser )?General Public License|Server Side Public License|Commons Clause|Mozilla Public License|UNLICENSED/i;

const TEXT_FILE = /^(?:licen[cs]e|copying|unlicense)/i;

/** A package with its licence. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** As package.json declares it. */
  readonly licence: string;
}

export const licensedAt = ({ packages }: Lockfile, place: string): Licensed => ({
  name: packages[place]?.name ?? nameAt(place),
  version: packages[place]?.version ?? '',
  licence: packages[place]?.license ?? 'none',
});

/** The files with a package's licence; undefined where it isn't installed: it is for another system. */
export function licenceFiles(place: string): readonly URL[] | undefined {
  const folder = new URL(`${place}/`, ROOT);
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT_FILE.test(entry.name))
    .map(({ name }) => new URL(encodeURIComponent(name), folder));
}

/** Why a licence needs a word (licenceRemarks.ts): its name, or what its text says; undefined where it needs none. */
export function oddity({ licence }: Licensed, place: string): string | undefined {
  if (!COMMON.has(licence)) return licence === 'none' ? 'names no licence' : licence;
  const texts = (licenceFiles(place) ?? []).map((file) => readFileSync(file, 'utf8'));
  const found = texts.flatMap((text) => RESTRICTIONS.exec(text)?.[0] ?? []);
  return found.length === 0 ? undefined : `${licence}, but its text says ${found[0]}`;
}

/** The trees that packages are in, by place. What is in none of the first three only builds and tests. */
export interface Trees {
  /** What electron-builder packs. */
  readonly program: ReadonlySet<string>;
  /** What may be bundled into the pages and their preloads. */
  readonly page: ReadonlySet<string>;
  /** What is bundled into the program for the Drift venue. */
  readonly venue: ReadonlySet<string>;
  /** All that the Drift SDK would bring, which the former is chosen from. */
  readonly sdk: ReadonlySet<string>;
}

const SDK = ['@drift-labs/sdk', '@solana/web3.js', '@solana/spl-token'];

export function trees(lock: Lockfile): Trees {
  const program = closure(lock, Object.keys(lock.packages['']?.dependencies ?? {}));
  const page = closure(lock, importedByPages());
  return { program, page, venue: new Set(DRIFT_PACKAGES), sdk: closure(lock, SDK) };
}

const IMPORT = /(?:from|import)\s*\(?['"]((?:@[\w-]+\/)?[\w.-]+)(?:\/[^'"]*)?['"]/g;
/** Of the tools that build the pages, and the runtime's own. */
const NOT_BUNDLED = new Set(['electron', 'vite', '@vitejs/plugin-react']);

/** Packages that the pages and preloads import, and what both share with the program. */
export function importedByPages(): readonly string[] {
  const files = globSync('src/{renderer,preload,shared}/**/*.{ts,tsx,css}', { cwd: ROOT });
  const names = files.flatMap((file) =>
    [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(IMPORT)].flatMap(([, name]) => name ?? []),
  );
  return [...new Set(names)].filter((name) => !name.startsWith('.') && !NOT_BUNDLED.has(name));
}

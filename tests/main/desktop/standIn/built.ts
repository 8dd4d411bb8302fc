import { existsSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const PARTS = ['main', 'preload', 'renderer'] as const;
export type Part = (typeof PARTS)[number];

export interface Built {
  /** Holds main/, preload/ and renderer/. */
  readonly out: string;
  remove(): void;
}

export interface BuildOptions {
  readonly sourcemap?: boolean;
  /** In the place of the part's own beginnings. */
  readonly input?: Readonly<Record<string, string>>;
}

/**
 * Builds the desktop as `electron-vite build` does, into a folder of its own, so that test files may do it side by side.
 * It lies below the project, where what isn't bundled is found.
 */
export async function buildDesktop(
  parts: readonly Part[],
  { sourcemap = false, input }: BuildOptions = {},
): Promise<Built> {
  const folder = join(ROOT, 'out', 'desktop-tests');
  mkdirSync(folder, { recursive: true });
  const out = mkdtempSync(join(folder, 'built-'));
  linkResources(folder);
  const before = process.env['NODE_ENV'];
  const { config } = await resolveConfig(
    { root: ROOT, configFile: join(ROOT, 'electron.vite.config.ts'), logLevel: 'error' },
    'build',
    'production',
  );
  for (const part of parts) {
    const one = config?.[part];
    if (one === undefined) throw new Error(`electron.vite.config.ts has no ${part}`);
    await build({
      ...one,
      configFile: false,
      build: {
        ...one.build,
        outDir: join(out, part),
        emptyOutDir: true,
        sourcemap,
        ...(input === undefined ? {} : { rolldownOptions: { ...one.build?.rolldownOptions, input } }),
      },
    });
  }
  process.env['NODE_ENV'] = before;
  if (!parts.includes('renderer')) writePage(join(out, 'renderer'));
  return {
    out,
    remove: () => {
      rmSync(out, { recursive: true, force: true });
    },
  };
}

/** The project's resources stand beside what is built, as they do beside out/ and in a package. */
function linkResources(folder: string): void {
  const link = join(folder, 'resources');
  try {
    symlinkSync(join(ROOT, 'resources'), link, 'junction');
  } catch (error) {
    // Another test file was faster.
    if (!existsSync(link)) throw error;
  }
}

/** A page as Vite leaves it, for tests that are about the host. */
export function writePage(folder: string): void {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" nonce="__CSP_NONCE__" src="./assets/index-1.js"></script>',
  );
  writeFileSync(join(folder, 'assets', 'index-1.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index-1.js.map'), '{}');
}

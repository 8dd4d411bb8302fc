import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { ROOT, findRuntime } from './runtime.ts';

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
}

/** Starts the built app on a data folder of its own. */
export const test = base.extend<{ launched: Launched }>({
  // Playwright reads from this pattern that the fixture needs no other.
  // oxlint-disable-next-line eslint/no-empty-pattern
  launched: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phantom-desktop-'));
    const app = await launch(dataDir);
    await use({ app, page: await app.firstWindow(), dataDir });
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  },
});

export function launch(dataDir: string): Promise<ElectronApplication> {
  const runtime = findRuntime(process.env);
  if ('why' in runtime) throw new Error(runtime.why);
  return _electron.launch({ executablePath: runtime.executable, args: [ROOT, '--data-dir', dataDir] });
}

import { defineConfig } from '@playwright/test';

/** One window at a time: a second instance is part of what is tested. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 60_000,
  reporter: 'list',
  outputDir: '../../reports/desktop',
});

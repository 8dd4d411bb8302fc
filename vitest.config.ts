import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/onchain/announce.ts'],
    // Nobody's own keychain is touched: a test that needs one brings it (tests/support/keyring.ts). Linux.
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    // A process a file: native modules and process-wide state can't leak from one into the next.
    pool: 'forks',
    maxWorkers: '100%',
    // Of tests that begin together in a file: each may start several processes.
    maxConcurrency: 3,
    // Far above what a test takes, so that a busy machine doesn't turn a slow test into a failing one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/main/**', 'src/shared/**'],
      reportsDirectory: 'coverage',
      reporter: ['text-summary', 'html', 'json-summary'],
    },
  },
});

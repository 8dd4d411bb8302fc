import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { bundledPackages } from './build/bundled.ts';
import { DRIFT_CHUNK, driftSdk } from './build/driftSdk.ts';

/** Stands where each page load's own nonce will stand: both hosts put it in when they hand the page out. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const here = (path: string): string => resolve(import.meta.dirname, path);

/** The typeface of the key window, beside its preload: that window takes nothing from the app's own pages. */
const keyWindowFont: Plugin = {
  name: 'key-window-font',
  generateBundle() {
    const file = here('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');
    this.emitFile({
      type: 'asset',
      fileName: 'inter.woff2',
      originalFileName: file,
      source: readFileSync(file),
    });
  },
};

export default defineConfig({
  main: {
    plugins: [driftSdk(here('.')), bundledPackages(here('.'))],
    build: {
      outDir: 'out/main',
      // What stays outside is for driftSdk to say: it depends on who asks.
      externalizeDeps: false,
      // The signer is a process of its own (src/main/desktop/utilitySigner.ts).
      rolldownOptions: {
        input: { index: here('src/main/index.ts'), signer: here('src/main/custody/signer/main.ts') },
        // Or the bundler's own lines lie in index.js, where the SDK's chunk would wait for a program that waits for it.
        preserveEntrySignatures: 'strict',
        output: { codeSplitting: { groups: [DRIFT_CHUNK] } },
      },
    },
  },
  preload: {
    plugins: [keyWindowFont, bundledPackages(here('.'))],
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file: it can load nothing but Electron. The two share no module, or it would
      // become a third file that neither could load.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('src/preload/index.ts'), keys: here('src/preload/keys/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), bundledPackages(here('.'))],
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      outDir: here('out/renderer'),
      minify: true,
      modulePreload: { polyfill: false },
      // A font or picture inside the script would count against its size budget, and the policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: here('src/renderer/index.html') } },
    },
  },
});

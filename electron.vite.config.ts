import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Stands where each page load's own nonce will stand: both hosts put it in when they hand the page out. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const here = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: { input: { index: here('src/main/index.ts') } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file: it can load nothing but Electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
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

// The gallery, for developers: `npx vite -c src/renderer/gallery/vite.config.mjs` serves it with reloading (open
// /gallery.html), `npx vite build -c …` builds it into out/gallery, or elsewhere with --outDir (absolute).
// Plain JavaScript, because Vite's types would bring Node's into the page's type check.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../../out/gallery',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: { input: `${import.meta.dirname}/gallery.html` },
  },
});

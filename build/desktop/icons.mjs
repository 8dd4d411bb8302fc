/**
 * Draws the PNGs in resources/ from their SVGs: `node build/desktop/icons.mjs`. The pictures are kept in the repository,
 * so that packing needs no browser. Chromium draws them, since it knows all of SVG.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../browser.mjs';

const resources = path.join(import.meta.dirname, '..', '..', 'resources');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** What a tray shows, and its copy for screens of twice the density. */
const TRAY_SIZES = new Map([
  ['.png', 16],
  ['@2x.png', 32],
]);

const browser = await chromium.launch({ executablePath: findChromium() });
const page = await browser.newPage();

async function draw(svg, size, file) {
  await page.setViewportSize({ width: size, height: size });
  const image = readFileSync(svg, 'utf8').replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block}</style>${image}`,
  );
  writeFileSync(file, await page.screenshot({ omitBackground: true }));
}

const icon = path.join(resources, 'icon.svg');
mkdirSync(path.join(resources, 'icons'), { recursive: true });
for (const size of SIZES) await draw(icon, size, path.join(resources, 'icons', `${size}x${size}.png`));
await draw(icon, 1024, path.join(resources, 'icon.png'));

const tray = path.join(resources, 'tray');
for (const svg of readdirSync(tray).filter((name) => name.endsWith('.svg')))
  for (const [suffix, size] of TRAY_SIZES)
    await draw(path.join(tray, svg), size, path.join(tray, svg.replace('.svg', suffix)));

await browser.close();

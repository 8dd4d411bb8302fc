import { readFileSync, writeFileSync } from 'node:fs';
import { SETTING_GROUPS } from '../src/main/simulation/settings.ts';

/** docs/settings.md, made from the settings themselves. `npm run -s docs:settings` writes it; a test compares. */
const FILE = new URL('../docs/settings.md', import.meta.url);

export function settingsDoc(): string {
  const sections = Object.entries(SETTING_GROUPS).map(([title, group]) => {
    const rows = Object.values(group).map(
      ({ name, fallback, range, unit, meaning }) =>
        `| \`${name}\` | ${fallback} | ${range} | ${unit} | ${meaning} |`,
    );
    return `## ${title}\n\n| setting | default | range | unit | |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const head =
    '# Settings\n\nMade from the code by `npm run -s docs:settings`. On the command line: `--set name=value`. ' +
    'An unknown name or a value outside its range is refused before anything starts.\n';
  return `${head}\n${sections.join('\n')}`;
}

export const writtenSettingsDoc = (): string => readFileSync(FILE, 'utf8');

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1])
  writeFileSync(FILE, settingsDoc());

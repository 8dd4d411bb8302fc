import { readFileSync, writeFileSync } from 'node:fs';
import type { SettingGroup } from '../src/shared/settings/group.ts';
import { ALL_SETTING_GROUPS } from '../src/main/simulation/programSettings.ts';
import { SETTING_GROUPS } from '../src/main/simulation/settings.ts';

/** docs/settings.md, made from the settings themselves. `npm run -s docs:settings` writes it; a test compares. */
const FILE = new URL('../docs/settings.md', import.meta.url);

export function settingsDoc(): string {
  const ofRuns = new Set(Object.keys(SETTING_GROUPS));
  const others = Object.entries<SettingGroup>(ALL_SETTING_GROUPS).filter(([title]) => !ofRuns.has(title));
  const head =
    '# Settings\n\nMade from the code by `npm run -s docs:settings`. On the command line: `--set name=value`. ' +
    'An unknown name or a value outside its range is refused before anything starts.\n';
  const apart =
    'The following belong to the program as a whole. They are set in the app, and a run on the command line takes none of them.\n';
  return [head, ...Object.entries(SETTING_GROUPS).map(section), apart, ...others.map(section)].join('\n');
}

function section([title, group]: readonly [string, SettingGroup]): string {
  const rows = Object.values(group).map(
    ({ name, fallback, range, unit, meaning }) =>
      `| \`${name}\` | ${fallback} | ${range} | ${unit} | ${meaning} |`,
  );
  return `## ${title}\n\n| setting | default | range | unit | |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

export const writtenSettingsDoc = (): string => readFileSync(FILE, 'utf8');

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1])
  writeFileSync(FILE, settingsDoc());

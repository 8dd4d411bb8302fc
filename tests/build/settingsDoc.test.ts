import { expect, it } from 'vitest';
import { settingsDoc, writtenSettingsDoc } from '../../build/settingsDoc.ts';

it('docs/settings.md lists every setting as the code has it', () => {
  expect(writtenSettingsDoc().replaceAll('\r\n', '\n')).toBe(settingsDoc());
});

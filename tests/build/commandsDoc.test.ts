import { expect, it } from 'vitest';
import { commandsDoc, writtenCommandsDoc } from '../../build/commandsDoc.ts';
import { COMMANDS } from '../../src/shared/contract/commands.ts';
import { ERROR_CODES } from '../../src/shared/contract/errorCodes.ts';

it('docs/commands.md says what the schemas say', () => {
  expect(writtenCommandsDoc().replaceAll('\r\n', '\n')).toBe(commandsDoc());
});

it('[R8.9] docs/commands.md names every command and every error code', () => {
  const doc = writtenCommandsDoc();
  expect(Object.keys(COMMANDS).filter((name) => !doc.includes(`### ${name}\n`))).toEqual([]);
  expect(Object.keys(ERROR_CODES).filter((code) => !doc.includes(`| \`${code}\` |`))).toEqual([]);
});

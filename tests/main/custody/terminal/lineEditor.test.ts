import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineEditor, type LineState } from '../../../../src/main/custody/terminal/lineEditor.ts';
import { textOf } from '../secretsAtHand.ts';

/** What comes of keys that are typed one after the other, or all at once. */
function typed(...chunks: readonly string[]): { readonly state: LineState; readonly line: string } {
  using editor = new LineEditor();
  let state: LineState = 'open';
  for (const chunk of chunks) if (state === 'open') state = editor.feed(Buffer.from(chunk, 'utf8'));
  using line = editor.line();
  return { state, line: textOf(line) };
}

describe('a line from a terminal', () => {
  it.each([
    ['abc\r', 'ended', 'abc'],
    ['abc\n', 'ended', 'abc'],
    ['abc', 'open', 'abc'],
    ['ab\u007fc\r', 'ended', 'ac'],
    ['ab\bc\r', 'ended', 'ac'],
    ['\u007f\u007fa\r', 'ended', 'a'],
    ['aé\u007f\r', 'ended', 'a'],
    ['a💰\u007fb\r', 'ended', 'ab'],
    ['wrong\u0015right\r', 'ended', 'right'],
    ['a\u0003b', 'left', 'a'],
    ['\u0004', 'left', ''],
    ['a\u0004b\r', 'ended', 'ab'],
    // Arrows, Home, a function key.
    ['a\u001b[Db\u001bOHc\u001b[15~d\r', 'ended', 'abcd'],
    ['a\u0001\u0000b\r', 'ended', 'ab'],
    ['a\tb\r', 'ended', 'a\tb'],
  ] as const)('of the keys %j is %s, and holds what was typed', (keys, state, line) => {
    expect(typed(keys)).toEqual({ state, line });
    expect(typed(...Array.from(keys))).toEqual({ state, line });
  });

  it('takes a paste of several lines as one, so that none of it answers the next question', () => {
    expect(typed('\u001b[200~one two\r\nthree\nfour\u001b[201~\r')).toEqual({
      state: 'ended',
      line: 'one two  three four',
    });
  });

  it('drops what came behind Enter', () => {
    expect(typed('first\rsecond\r')).toEqual({ state: 'ended', line: 'first' });
  });

  it('keeps to its room, whatever is pasted', () => {
    const { state, line } = typed(`${'x'.repeat(9000)}\r`);
    expect([state, line.length]).toEqual(['ended', 4096]);
  });

  it('of printable characters is those characters, in whatever pieces their bytes come', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((one) => !/\p{C}/u.test(one));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (given, size) => {
        using editor = new LineEditor();
        const bytes = Buffer.from(`${given}\r`, 'utf8');
        let state: LineState = 'open';
        for (let at = 0; at < bytes.length; at += size) state = editor.feed(bytes.subarray(at, at + size));
        using line = editor.line();
        expect([state, textOf(line)]).toEqual(['ended', given]);
      }),
    );
  });

  it('never throws over any bytes, and erasing as often as was typed leaves nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        using editor = new LineEditor();
        if (editor.feed(bytes) !== 'open') return;
        editor.feed(Buffer.from(`\u001b[201~~${'\u007f'.repeat(301)}`));
        expect(editor.peek((line) => line.length)).toBe(0);
      }),
    );
  });

  it('is zeroed where it was typed and erased', () => {
    using editor = new LineEditor();
    editor.feed(Buffer.from('secret'));
    const room = editor.peek((line) => line.buffer);
    expect(Buffer.from(room).includes('secret')).toBe(true);
    editor.feed(Buffer.from('\u0015'));
    expect(Buffer.from(room).every((byte) => byte === 0)).toBe(true);
  });
});

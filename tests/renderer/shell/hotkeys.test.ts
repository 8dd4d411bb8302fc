import { describe, expect, test } from 'vitest';
import { hotkeyFor, type KeyPlace, type KeyPress } from '../../../src/renderer/shell/hotkeys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const EVERYWHERE: readonly KeyPlace[] = ['field', 'control', 'dialog', 'page'];

describe('hotkeys', () => {
  test.each(EVERYWHERE)('SOS works everywhere, also in a %s', (place) => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
      expect(hotkeyFor(press('X', { ...held, shiftKey: true }), place, false).action).toEqual({
        kind: 'sos',
      });
    }
    expect(hotkeyFor(press('k', { ctrlKey: true }), place, false).action).toEqual({ kind: 'palette' });
  });

  test('cutting text is no SOS', () => {
    expect(hotkeyFor(press('x', { ctrlKey: true }), 'field', false).action).toBeNull();
  });

  test.each([
    ['d', 'dashboard'],
    ['t', 'trade'],
    ['v', 'vault'],
    ['w', 'wallet'],
    ['e', 'events'],
    ['s', 'settings'],
  ])('g then %s shows %s', (key, screen) => {
    expect(hotkeyFor(press('g'), 'page', false)).toEqual({ action: null, going: true });
    expect(hotkeyFor(press(key), 'page', true).action).toEqual({ kind: 'go', screen });
    expect(hotkeyFor(press(key), 'page', false).action).toBeNull();
  });

  test('a digit shows its screen, and ? the list', () => {
    expect(hotkeyFor(press('2'), 'control', false).action).toEqual({ kind: 'go', screen: 'trade' });
    expect(hotkeyFor(press('?', { shiftKey: true }), 'page', false).action).toEqual({ kind: 'help' });
  });

  test('what is typed into a field stays there', () => {
    for (const key of ['1', 'g', '?', ' ']) {
      expect(hotkeyFor(press(key), 'field', true)).toEqual({ action: null, going: false });
      expect(hotkeyFor(press(key), 'dialog', false)).toEqual({ action: null, going: false });
    }
  });

  test('space pauses the market, but presses a button that has the focus', () => {
    expect(hotkeyFor(press(' '), 'page', false).action).toEqual({ kind: 'toggleClock' });
    expect(hotkeyFor(press(' '), 'control', false).action).toBeNull();
  });
});

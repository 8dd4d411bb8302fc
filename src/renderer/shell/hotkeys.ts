import type { ScreenName } from './screenName.ts';

/** What a key does. */
export type HotkeyAction =
  | { readonly kind: 'go'; readonly screen: ScreenName }
  | { readonly kind: 'palette' | 'help' | 'sos' | 'toggleClock' };

/** As much of a keyboard event as decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where the keyboard stands: typing into a field, on something that a key presses, in a dialog, or on the page. */
export type KeyPlace = 'field' | 'control' | 'dialog' | 'page';

export interface HotkeyAnswer {
  readonly action: HotkeyAction | null;
  /** The `g` of `g d` was pressed: the next key names a screen. */
  readonly going: boolean;
}

const SCREEN_KEYS: Readonly<Record<string, ScreenName>> = {
  d: 'dashboard',
  t: 'trade',
  v: 'vault',
  w: 'wallet',
  e: 'events',
  s: 'settings',
  l: 'live',
  1: 'dashboard',
  2: 'trade',
  3: 'vault',
  4: 'wallet',
  5: 'events',
  6: 'settings',
};

const nothing: HotkeyAnswer = { action: null, going: false };
const does = (action: HotkeyAction): HotkeyAnswer => ({ action, going: false });

/** What a key press asks for. SOS and the palette work everywhere; plain keys not while something else takes them. */
export function hotkeyFor(press: KeyPress, place: KeyPlace, going: boolean): HotkeyAnswer {
  const key = press.key.toLowerCase();
  if (press.ctrlKey || press.metaKey) {
    if (key === 'x' && press.shiftKey) return does({ kind: 'sos' });
    return key === 'k' && !press.shiftKey ? does({ kind: 'palette' }) : nothing;
  }
  if (press.altKey || place === 'field' || place === 'dialog') return nothing;
  if (key === 'g') return { action: null, going: true };
  const screen = SCREEN_KEYS[key];
  if (screen !== undefined && (going || /\d/.test(key))) return does({ kind: 'go', screen });
  if (key === '?') return does({ kind: 'help' });
  return key === ' ' && place === 'page' ? does({ kind: 'toggleClock' }) : nothing;
}

/** One line of the help sheet. */
interface HotkeyLine {
  /** Keys that do the same, each as they are pressed. */
  readonly keys: readonly (readonly string[])[];
  /** Several keys are pressed one after the other, not together. */
  readonly inTurn?: true;
  readonly does: string;
}

/** The keys as the help sheet lists them. */
export const HOTKEYS: readonly HotkeyLine[] = [
  { keys: [['Ctrl', 'Shift', 'X']], does: 'SOS: stop all trading at once' },
  { keys: [['Ctrl', 'K']], does: 'Everything there is to do, by name' },
  { keys: [['G', 'D'], ['1']], inTurn: true, does: 'Dashboard' },
  { keys: [['G', 'T'], ['2']], inTurn: true, does: 'Trade' },
  { keys: [['G', 'V'], ['3']], inTurn: true, does: 'Vault' },
  { keys: [['G', 'W'], ['4']], inTurn: true, does: 'Wallet' },
  { keys: [['G', 'E'], ['5']], inTurn: true, does: 'Events' },
  { keys: [['G', 'S'], ['6']], inTurn: true, does: 'Settings' },
  { keys: [['G', 'L']], inTurn: true, does: 'Live trading, or the way to it' },
  { keys: [['B'], ['S']], does: 'On the Trade screen: buy, or sell' },
  { keys: [['Space']], does: 'Pause the paper market, or let it go on' },
  { keys: [['?']], does: 'This list' },
];

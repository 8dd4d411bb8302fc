import { useEffect, useRef } from 'react';
import { hotkeyFor, type HotkeyAction, type KeyPlace } from './hotkeys.ts';

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';
const CONTROLS =
  'button, a, summary, [role="button"], [role="menuitem"], [role="radio"], [role="region"], label';
/** How long after `g` a key still names a screen. */
const GOING_MS = 1_500;

/** Where the keyboard stands. */
export function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'page';
  // A radio takes arrows and space, but no letters.
  if (target.matches(FIELDS) && !target.matches('input[type="radio"], input[type="checkbox"]'))
    return 'field';
  if (document.querySelector('[role="dialog"]') !== null) return 'dialog';
  return target.closest(`${CONTROLS}, input`) === null ? 'page' : 'control';
}

/** Listens to the keyboard of the whole window. */
export function useHotkeys(act: (action: HotkeyAction) => void): void {
  const goingUntil = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const going = event.timeStamp < goingUntil.current;
      const answer = hotkeyFor(event, placeOf(event.target), going);
      goingUntil.current = answer.going ? event.timeStamp + GOING_MS : 0;
      if (answer.action === null) return;
      event.preventDefault();
      act(answer.action);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [act]);
}

import { useEffect } from 'react';
import { placeOf } from '../../shell/useHotkeys.ts';
import { changeDraft } from './ticketStore.ts';

const SIDES = { b: 'buy', s: 'sell' } as const;

/** B and S choose the side, wherever nothing is typed into. */
export function useSideKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
      if (defaultPrevented || ctrlKey || metaKey || altKey) return;
      const side = key === 'b' || key === 's' ? SIDES[key] : undefined;
      const place = placeOf(event.target);
      if (side !== undefined && (place === 'page' || place === 'control')) changeDraft({ side });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

import { useEffect, useState } from 'react';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import type { EventRing } from './eventRing.ts';
import { useLive } from './liveStore.ts';

/** Nobody reads faster. */
const EVERY_MS = 250;

/** The latest lines, newest first, at a pace that a person can follow. */
export function useEvents(): EventRing {
  const [events, setEvents] = useState(() => useLive.getState().events);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      timer = undefined;
      setEvents(useLive.getState().events);
    };
    take();
    const unsubscribe = useLive.subscribe((state, before) => {
      if (state.events !== before.events) timer ??= setTimeout(take, EVERY_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, []);
  return events;
}

/** Lines that say what the engine did and why, rather than what the books took in. */
export function isNews({ type, data }: EventEntry): boolean {
  if (type === 'DECISION') return data['action'] !== 'trade';
  if (type === 'COST') return data['kind'] === 'liquidation';
  return type === 'BLOCKED' || type === 'ALERT' || type === 'FILL' || type === 'TRANSFER';
}

import { useEffect, useState } from 'react';
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

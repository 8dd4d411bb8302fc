import { useEffect, useState } from 'react';

/** Whether something has changed within the last `ms`; not true of what it was at first. */
export function useJustChanged<T>(value: T, ms: number): boolean {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return settled !== value;
}

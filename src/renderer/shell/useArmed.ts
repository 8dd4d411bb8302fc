import { useEffect, useState } from 'react';

/**
 * Whether something has stood still for a while, so that a press can only be meant for it: false at first, false again
 * when what is asked changes, and when the window comes to the front, since the click that brought it there was for that.
 */
export function useArmed(what: string, ms: number): boolean {
  const [armed, setArmed] = useState<string | null>(null);
  useEffect(() => {
    let timer = setTimeout(() => setArmed(what), ms);
    const again = (): void => {
      setArmed(null);
      clearTimeout(timer);
      timer = setTimeout(() => setArmed(what), ms);
    };
    window.addEventListener('focus', again);
    return () => {
      window.removeEventListener('focus', again);
      clearTimeout(timer);
    };
  }, [what, ms]);
  return armed === what;
}

import { useEffect, useRef } from 'react';

/** Whether what asked is still shown: an answer that comes later has to be said elsewhere. */
export function useIsHere(): () => boolean {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return () => isHere.current;
}

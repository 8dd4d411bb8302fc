/** Time and chance of the page, passed in so that tests hold the clock. */
export interface Timers {
  /** Wall time, Unix ms. */
  now(): number;
  /** Calls once after `ms`; returns what calls it off. */
  after(ms: number, call: () => void): () => void;
}

export const pageTimers: Timers = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

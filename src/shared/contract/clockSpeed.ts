/** The speeds that a control offers: life, an hour a minute, an hour a second. */
export const CLOCK_SPEEDS = [1, 60, 3_600] as const;
export const MAX_SPEED = 3_600;
/** A demo that moves at once, and slowly enough to be read. */
export const FIRST_SPEED = 60;

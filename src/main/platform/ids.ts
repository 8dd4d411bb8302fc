import { randomInt, randomUUID } from 'node:crypto';

/** An id that is unique for ever, where nothing has to be repeatable. */
export const randomId = (): string => randomUUID();

/** A seed that nobody has to know again. */
export const randomSeed = (): number => randomInt(2 ** 32);

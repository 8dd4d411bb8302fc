import { randomUUID } from 'node:crypto';

/** An id that is unique for ever, where nothing has to be repeatable. */
export const randomId = (): string => randomUUID();

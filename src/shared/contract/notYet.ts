import { z } from 'zod';

/** The reply of a command that this version only refuses: no value fits, so none can be made up. */
export const notYet = z.never();

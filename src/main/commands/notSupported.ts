import { AppError } from '../../shared/contract/appError.ts';

/** The handler of a command that this version does not offer yet: it says so, and makes nothing up. */
export const notSupported = (what: string) => (): never => {
  throw new AppError('NOT_SUPPORTED', `${what} is not offered by this version yet.`);
};

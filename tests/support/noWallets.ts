import type { ProgramWallets } from '../../src/main/app.ts';

const unexpected = (): never => {
  throw new Error('this program has no wallets');
};

/** The wallets of a program that stands in for the real one where nothing has to do with keys. */
export const NO_WALLETS: ProgramWallets = {
  useWindows: () => undefined,
  ceremony: unexpected,
  unlockAtTerminal: unexpected,
  sleep: () => Promise.resolve(),
};

import { openWallets } from '../../app.ts';
import { AppError } from '../../../shared/contract/appError.ts';
import type { Output } from '../output.ts';
import { WALLET_ACTIONS, isWalletAction } from './walletActions.ts';
import { readWalletLine } from './walletLine.ts';

/**
 * `wallet`: makes, imports and keeps wallets. Secrets are shown and entered by the signer, which shares the terminal; this
 * process never has one.
 */
export async function walletCommand([name = '', ...args]: readonly string[], output: Output): Promise<void> {
  if (!isWalletAction(name)) {
    const known = Object.keys(WALLET_ACTIONS).join(', ');
    // Not with what was typed: it may be a secret in the wrong place.
    throw new AppError('INVALID_OPTION', `wallet needs to be told what to do: ${known}.`);
  }
  const { options, act } = WALLET_ACTIONS[name];
  const line = readWalletLine(name, args, options);
  const opened = openWallets({
    dataDir: line.dataDir,
    logLevel: line.logLevel,
    stderrLevel: 'none',
  });
  try {
    await act({ wallets: opened.wallets, line, output });
  } finally {
    opened.close();
  }
}

import { openWallets } from '../../app.ts';
import { AppError } from '../../../shared/contract/appError.ts';
import { clearAfter } from '../../custody/terminal/terminal.ts';
import type { Output } from '../output.ts';
import { atStop } from './atStop.ts';
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
    throw new AppError(
      'INVALID_OPTION',
      `wallet needs to be told what to do: ${known}. npm run -s wallet -- --help says more.`,
    );
  }
  const { options, act } = WALLET_ACTIONS[name];
  const line = readWalletLine(name, args, options);
  const opened = openWallets({
    dataDir: line.dataDir,
    logLevel: line.logLevel,
    stderrLevel: 'none',
  });
  let isStopped = false;
  const forget = atStop((endBy) => {
    isStopped = true;
    opened.close();
    // The signer gives the terminal back before whoever waits for this process uses it again.
    process.once('beforeExit', endBy);
  });
  try {
    await act({ wallets: opened.wallets, line, output });
  } catch (error) {
    if (isStopped) return;
    if (error instanceof AppError && error.code === 'SIGNER_UNAVAILABLE') clearAfter();
    throw error;
  } finally {
    forget();
    if (!isStopped) opened.close();
  }
}

import type { TransactionInstruction } from '@solana/web3.js';
import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase, formatUsd } from '../../../shared/money/decimal.ts';
import { NO_BASE, base, usd, type Base, type Usd } from '../../../shared/money/quantity.ts';
import type { AssetAmount } from '../../domain/accountEvent.ts';
import type { AccountSync } from './accountSync.ts';
import { holdingsOf } from './driftAccount.ts';
import { marginOf, quoteWorth } from './driftMargin.ts';
import type { MarketIndex } from './orderInstructions.ts';
import type { SharedClient } from './sharedClient.ts';
import type { TransactionSender } from './transactionSender.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';

/** Amount of a token account: eight bytes behind mint and owner. */
const AMOUNT_AT = 64;

export interface DriftCapitalParts {
  readonly client: SharedClient;
  readonly sync: AccountSync;
  readonly sender: TransactionSender;
  readonly subAccount: number;
  /** Where the wallet has its USDC. */
  readonly usdcAccount: string;
  /** Lamports that the wallet keeps for getting out (R3.1). */
  readonly gasReserve: () => Base;
}

/** Capital of a sub-account: in, out, across, and what the venue owes moved into it. */
export class DriftCapital {
  readonly #parts: DriftCapitalParts;

  constructor(parts: DriftCapitalParts) {
    this.#parts = parts;
  }

  /** What the wallet could deposit: all its USDC, and its SOL but for gas. */
  available(): { readonly usdc: Usd; readonly sol: Base } {
    const { client, sync, usdcAccount, gasReserve } = this.#parts;
    const account = client.loader.get(usdcAccount);
    const left = sync.state.wallet - gasReserve();
    return {
      usdc: usd(account === null ? 0n : Buffer.from(account.data).readBigUInt64LE(AMOUNT_AT)),
      sol: left > 0n ? base(left) : NO_BASE,
    };
  }

  /** Throws INVALID_SIZE, INSUFFICIENT_BALANCE, and what the venue says against it. */
  async deposit(moved: AssetAmount, id?: string): Promise<void> {
    refuseNothing(moved, 'A deposit');
    const { client, sender, subAccount, usdcAccount } = this.#parts;
    const { usdc, sol } = this.available();
    if (moved.amount > (moved.asset === 'SOL' ? sol : usdc)) {
      const there =
        moved.asset === 'SOL' ? `${formatBase(sol)} SOL beyond what gas needs` : `${formatUsd(usdc)} USDC`;
      throw new AppError('INSUFFICIENT_BALANCE', `The wallet has ${there}.`, { asset: moved.asset });
    }
    const { drift, sdk } = client;
    const from = new sdk.PublicKey(moved.asset === 'SOL' ? client.signer : usdcAccount);
    const instructions = await drift.getDepositTxnIx(
      client.bn(moved.amount),
      marketOf(moved),
      from,
      subAccount,
    );
    await sender.act(
      'deposit',
      `Deposit ${amountWords(moved)} into sub-account ${subAccount}.`,
      instructions,
      id,
    );
  }

  /** Throws INVALID_SIZE, INSUFFICIENT_BALANCE, INSUFFICIENT_COLLATERAL, and what the venue says against it. */
  async withdraw(moved: AssetAmount, id?: string): Promise<void> {
    refuseNothing(moved, 'A withdrawal');
    const { client, sender, sync, subAccount, usdcAccount } = this.#parts;
    const { account } = holdingsOf(sync.state);
    const held = moved.asset === 'SOL' ? account.spot : account.cash;
    if (moved.amount > held)
      throw new AppError(
        'INSUFFICIENT_BALANCE',
        `The sub-account holds ${moved.asset === 'SOL' ? `${formatBase(account.spot)} SOL` : `${formatUsd(account.cash)} USDC`}.`,
        { asset: moved.asset },
      );
    const { collateral, requirement } = marginOf(sync.state, 'initial');
    if (moved.asset === 'USDC' && quoteWorth(moved.amount, sync.state, 'initial') > collateral - requirement)
      throw new AppError('INSUFFICIENT_COLLATERAL', 'What stands open needs that collateral.', {});
    const { drift, sdk } = client;
    const to = new sdk.PublicKey(moved.asset === 'SOL' ? client.signer : usdcAccount);
    const instructions = await drift.getWithdrawalIxs(
      client.bn(moved.amount),
      marketOf(moved),
      to,
      // Never on credit.
      true,
      subAccount,
    );
    await sender.act(
      'withdrawal',
      `Withdraw ${amountWords(moved)} from sub-account ${subAccount}.`,
      instructions,
      id,
    );
  }

  /** Throws INVALID_SIZE, UNKNOWN_SUBACCOUNT, and what the venue says against it. */
  async transfer(moved: AssetAmount, toSubAccount: number, id?: string): Promise<void> {
    refuseNothing(moved, 'A transfer');
    const { client, sender, subAccount } = this.#parts;
    await client.watch(toSubAccount);
    const instruction = await client.drift.getTransferDepositIx(
      client.bn(moved.amount),
      marketOf(moved),
      subAccount,
      toSubAccount,
    );
    const words = `Move ${amountWords(moved)} from sub-account ${subAccount} to sub-account ${toSubAccount}.`;
    await sender.act('transfer', words, [instruction], id);
  }

  /** Moves what the venue owes for a perpetual, or is owed, into collateral. */
  async settle(symbol: string, { kind, index }: MarketIndex, id?: string): Promise<void> {
    if (kind !== 'perp')
      throw new AppError('UNKNOWN_MARKET', `${symbol} is no perpetual: there is no PnL to settle.`, {
        market: symbol,
      });
    const { client, sender, subAccount } = this.#parts;
    const { drift, sdk } = client;
    const user = drift.getUser(subAccount, new sdk.PublicKey(client.owner));
    const instruction: TransactionInstruction = await drift.settlePNLIx(
      user.getUserAccountPublicKey(),
      user.getUserAccount(),
      index,
    );
    await sender.act('settle', `Settle the PnL of ${symbol}.`, [instruction], id);
  }
}

const marketOf = ({ asset }: AssetAmount): number => (asset === 'SOL' ? SOL_MARKET : QUOTE_MARKET);

const amountWords = (moved: AssetAmount): string =>
  moved.asset === 'SOL' ? `${formatBase(moved.amount)} SOL` : `${formatUsd(moved.amount)} USDC`;

function refuseNothing({ amount, asset }: AssetAmount, what: string): void {
  if (amount <= 0n) throw new AppError('INVALID_SIZE', `${what} must be more than zero.`, { asset });
}

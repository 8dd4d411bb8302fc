import type { InsuranceFundStake, SpotMarketAccount } from '@drift-labs/sdk';
import { AppError } from '../../../shared/contract/appError.ts';
import { divide } from '../../../shared/money/rounding.ts';
import type { Chain, ChainAccount } from '../solana/chain.ts';
import { DRIFT_PROGRAM } from './addresses.ts';
import { big } from './sdk.ts';
import type { SharedClient } from './sharedClient.ts';
import { nameFrom } from './stateFrom.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';

const SECOND_MS = 1_000;
/** Amount of a token account: eight bytes behind mint and owner. */
const AMOUNT_AT = 64;

/** What of a fund is ours. */
export interface FundStake {
  readonly shares: bigint;
  /** What the shares are worth now, in the asset's smallest unit, rounded down. */
  readonly worth: bigint;
  /** Asked back: it is paid from `availableAt` on, Unix ms, and earns nothing until then. Null where nothing is. */
  readonly leaving: { readonly worth: bigint; readonly availableAt: number } | null;
}

/** The insurance fund of one asset: what pays where a bankrupt account can't. Amounts are of the asset's smallest unit. */
export interface InsuranceFund {
  readonly asset: string;
  readonly decimals: number;
  readonly balance: bigint;
  /** All shares, those of the venue included. */
  readonly shares: bigint;
  /** Those of stakers. */
  readonly userShares: bigint;
  /** Between asking a stake back and having it, ms. */
  readonly unstakingMs: number;
  /** Null where we have none. */
  readonly stake: FundStake | null;
}

/** The funds of USDC and SOL as the chain has them now, in one request. Throws VENUE_UNAVAILABLE. */
export async function readInsuranceFunds(
  client: SharedClient,
  chain: Pick<Chain, 'accounts'>,
): Promise<readonly InsuranceFund[]> {
  const markets = [QUOTE_MARKET, SOL_MARKET];
  const { sdk } = client;
  const [program, owner] = [new sdk.PublicKey(DRIFT_PROGRAM), new sdk.PublicKey(client.owner)];
  const addresses = markets.flatMap((market) => [
    client.marketAddress({ kind: 'spot', index: market }),
    client.spotMarket(market).insuranceFund.vault.toString(),
    sdk.getInsuranceFundStakeAccountPublicKey(program, owner, market).toString(),
  ]);
  const { accounts } = await chain.accounts(addresses);
  return markets.map((market, at) => {
    const [spotMarket, vault, stake] = accounts.slice(3 * at, 3 * at + 3);
    if (!isThere(spotMarket) || !isThere(vault))
      throw new AppError('VENUE_UNAVAILABLE', `The insurance fund of market ${market} could not be read.`);
    return fundFrom(
      decode<SpotMarketAccount>(client, 'SpotMarket', spotMarket),
      vault,
      stakeIn(client, stake),
    );
  });
}

function stakeIn(client: SharedClient, account: ChainAccount | null | undefined): InsuranceFundStake | null {
  if (!isThere(account) || account.owner !== DRIFT_PROGRAM) return null;
  return decode<InsuranceFundStake>(client, 'InsuranceFundStake', account);
}

function fundFrom(
  { name, decimals, insuranceFund }: SpotMarketAccount,
  vault: ChainAccount,
  stake: InsuranceFundStake | null,
): InsuranceFund {
  const balance = Buffer.from(vault.data).readBigUInt64LE(AMOUNT_AT);
  const shares = big(insuranceFund.totalShares);
  const unstakingMs = insuranceFund.unstakingPeriod.toNumber() * SECOND_MS;
  const base = big(insuranceFund.sharesBase);
  return {
    asset: nameFrom(name),
    decimals,
    balance,
    shares,
    userShares: big(insuranceFund.userShares),
    unstakingMs,
    stake: stake && stakeFrom(stake, { balance, shares, base, unstakingMs }),
  };
}

interface Fund {
  readonly balance: bigint;
  readonly shares: bigint;
  /** How often the fund's shares were cut to a tenth. */
  readonly base: bigint;
  readonly unstakingMs: number;
}

/** Source: the program's `if_shares_to_vault_amount` and `apply_rebase_to_insurance_fund_stake`. */
function stakeFrom(stake: InsuranceFundStake, fund: Fund): FundStake | null {
  const tenths = 10n ** (fund.base - big(stake.ifBase));
  const shares = big(stake.ifShares) / tenths;
  if (shares === 0n) return null;
  const worthOf = (of: bigint): bigint =>
    fund.shares === 0n ? 0n : divide(fund.balance * of, fund.shares, 'floor');
  const asked = big(stake.lastWithdrawRequestShares) / tenths;
  const worth = worthOf(asked);
  const most = big(stake.lastWithdrawRequestValue);
  return {
    shares,
    worth: worthOf(shares),
    leaving:
      asked === 0n
        ? null
        : {
            worth: worth < most ? worth : most,
            availableAt: stake.lastWithdrawRequestTs.toNumber() * SECOND_MS + fund.unstakingMs,
          },
  };
}

/** An account of the program, by the SDK's description of it. */
const decode = <T>({ drift }: SharedClient, name: string, { data }: ChainAccount): T =>
  drift.program.coder.accounts.decodeUnchecked(name, Buffer.from(data)) as T;

const isThere = (account: ChainAccount | null | undefined): account is ChainAccount =>
  account !== null && account !== undefined;

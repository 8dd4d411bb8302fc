import type { User, UserStats } from './accounts.ts';
import { checkDerived, ownedStats, ownedUser, seedOf, stateOf } from './access.ts';
import { checkSpotMarginTrading } from './margin.ts';
import { Markets } from './markets.ts';
import { discriminator } from './layout.ts';
import { DAY } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import { ProgramError } from '../programModel.ts';
import { DRIFT, type Run } from './run.ts';
import { ageOf, isBankrupt, isBeingLiquidated, isFreePerp, isFreeSpot, NOBODY } from './user.ts';

/** Accounts on the venue: made, named, handed to a delegate, deleted. Source: instructions/user.rs. */

export const USER_BYTES = 4_376;
const STATS_BYTES = 240;
const IS_REFERRER = 1;
/** Up to so many the state's limit is meant as it stands; beyond, in hundreds. */
const LITERAL_LIMIT = 5n;

/** An account of the program's that holds nothing yet, paid for by `payer`. */
export function createAccount(
  run: Run,
  name: string,
  kind: 'User' | 'UserStats' | 'InsuranceFundStake',
  bytes: number,
): void {
  const data = new Uint8Array(bytes);
  data.set(discriminator('account', kind));
  run.chain.createAccount(run.address('payer'), run.address(name), DRIFT, data);
}

function mostAccounts({ maxNumberOfSubAccounts }: { readonly maxNumberOfSubAccounts: number }): bigint {
  const limit = BigInt(maxNumberOfSubAccounts);
  return limit <= LITERAL_LIMIT ? limit : limit * 100n;
}

export function initializeUserStats(run: Run): void {
  const authority = run.address('authority');
  checkSigned(run);
  checkDerived(run, 'userStats', 'user_stats', seedOf.key(authority));
  createAccount(run, 'userStats', 'UserStats', STATS_BYTES);
  const { value: stats } = run.held('UserStats', 'userStats');
  stats.authority = authority;
  stats.lastTakerVolume30dTs = run.now;
  stats.lastMakerVolume30dTs = run.now;
  stats.lastFillerVolume30dTs = run.now;
  const state = stateOf(run);
  state.numberOfAuthorities += 1n;
  const most = mostAccounts(state);
  if (most !== 0n && state.numberOfAuthorities > most) refuse('MaxNumberOfUsers', `${most}`);
}

/** Newer programs, and the IDL with them, let others pay and begin an account; this one has its owner sign. */
function checkSigned(run: Run): void {
  if (!run.named('authority').isSigner) throw new ProgramError(NOT_SIGNED, 'AccountNotSigner: authority');
}
const NOT_SIGNED = 3010;

export function initializeUser(run: Run): void {
  const { subAccountId, name } = run.args as unknown as {
    readonly subAccountId: number;
    readonly name: Uint8Array;
  };
  const authority = run.address('authority');
  checkSigned(run);
  checkDerived(run, 'user', 'user', seedOf.key(authority), seedOf.index(subAccountId));
  createAccount(run, 'user', 'User', USER_BYTES);
  const user = run.held('User', 'user');
  const { value: stats } = ownedStats(run);
  const state = stateOf(run);
  if (state.maxInitializeUserFee > 0) notModelled('a fee for making an account');
  Object.assign(user.value, {
    authority,
    subAccountId,
    name,
    nextOrderId: 1,
    nextLiquidationId: 1,
  } satisfies Partial<User>);
  stats.numberOfSubAccounts += 1;
  if (stats.numberOfSubAccounts === 1) setReferrer(run, stats);
  if (subAccountId !== stats.numberOfSubAccountsCreated)
    refuse('InvalidUserSubAccountId', `${subAccountId}, must be ${stats.numberOfSubAccountsCreated}`);
  stats.numberOfSubAccountsCreated += 1;
  state.numberOfSubAccounts += 1n;
  const most = mostAccounts(state);
  if (most !== 0n && state.numberOfSubAccounts > most) refuse('MaxNumberOfUsers', `${most}`);
  run.emit('NewUserRecord', {
    ts: run.now,
    userAuthority: authority,
    user: user.address,
    subAccountId,
    name,
    referrer: stats.referrer,
  });
}

/** Who brought the owner here, if he is named with the first account. */
function setReferrer(run: Run, stats: UserStats): void {
  const [first, second] = run.remaining;
  stats.referrer = NOBODY;
  if (first === undefined || second === undefined || !run.isKind('User', first.address)) return;
  const { value: referrer } = run.load('User', first);
  const { value: referrerStats } = run.load('UserStats', second);
  if (referrer.subAccountId !== 0) refuse('InvalidReferrer', first.address);
  if (referrer.authority !== referrerStats.authority)
    refuse('ReferrerAndReferrerStatsAuthorityUnequal', first.address);
  referrerStats.referrerStatus |= IS_REFERRER;
  stats.referrer = referrer.authority;
}

/** The sub-account that the signer owns and the instruction numbers. */
function numbered(run: Run): User {
  const { subAccountId } = run.args as unknown as { readonly subAccountId: number };
  checkDerived(run, 'user', 'user', seedOf.key(run.address('authority')), seedOf.index(subAccountId));
  return run.held('User', 'user').value;
}

export function updateUserName(run: Run): void {
  numbered(run).name = (run.args as unknown as { readonly name: Uint8Array }).name;
}

export function updateUserDelegate(run: Run): void {
  numbered(run).delegate = (run.args as unknown as { readonly delegate: string }).delegate;
}

export function updateUserCustomMarginRatio(run: Run): void {
  numbered(run).maxMarginRatio = (run.args as unknown as { readonly marginRatio: number }).marginRatio;
}

export function updateUserMarginTradingEnabled(run: Run): void {
  const user = numbered(run);
  user.isMarginTradingEnabled = (
    run.args as unknown as { readonly marginTradingEnabled: boolean }
  ).marginTradingEnabled;
  try {
    checkSpotMarginTrading(user, new Markets(run));
  } catch (cause) {
    if (cause instanceof ProgramError) refuse('MarginOrdersOpen', cause.message);
    throw cause;
  }
}

const YOUNG = 13n * DAY;

/** Only an account that holds nothing and waits for nothing. Source: validation/user.rs. */
export function deleteUser(run: Run): void {
  const user = ownedUser(run, 'user');
  const { value: stats } = ownedStats(run);
  const state = stateOf(run);
  const { value } = user;
  const isReferrerHimself = (stats.referrerStatus & IS_REFERRER) !== 0 && value.subAccountId === 0;
  const isInUse =
    isBankrupt(value) ||
    isBeingLiquidated(value) ||
    !value.perpPositions.every(isFreePerp) ||
    !value.spotPositions.every(isFreeSpot) ||
    value.orders.some(({ status }) => status !== 'Init');
  const isTooYoung = state.maxInitializeUserFee > 0 && ageOf(stats, run.now) < YOUNG && !value.idle;
  if (isReferrerHimself || isInUse || isTooYoung) refuse('UserCantBeDeleted', user.address);
  stats.numberOfSubAccounts -= 1;
  state.numberOfSubAccounts -= 1n;
  run.forget(user.address);
  run.chain.closeAccount(user.address, run.address('authority'));
}

import type { WalletsView, WalletView } from '../../shared/contract/commands/walletCommands.ts';
import { errorReplyOf } from '../../shared/contract/errorReply.ts';
import type { WalletRecord } from '../domain/wallet.ts';
import type { SeenKeys } from './keyLookout.ts';
import { storeName } from './keychain/storeName.ts';
import type { SignerState } from './signer/signerState.ts';

export interface WalletsViewParts {
  readonly records: readonly WalletRecord[];
  readonly active: string | undefined;
  readonly state: SignerState;
  readonly seen: SeenKeys;
  readonly secrets: WalletsView['secrets'];
}

/** The wallets as a client sees them. */
export function walletsView({ records, active, state, seen, secrets }: WalletsViewParts): WalletsView {
  const isKeychain = seen.error?.code === 'KEYCHAIN_UNAVAILABLE';
  const error = seen.error === null ? null : errorReplyOf(seen.error);
  return {
    wallets: records.map((record) => ({
      ...record,
      active: record.address === active,
      key: keyOf(record, seen),
    })),
    lock: lockOf(
      records.find(({ address }) => address === active),
      state,
      seen,
    ),
    error: isKeychain ? null : error,
    keychain: { store: storeName(process.platform), error: isKeychain ? error : null },
    secrets,
  };
}

function keyOf({ kind, address }: WalletRecord, { keys, error }: SeenKeys): WalletView['key'] {
  if (kind === 'watch') return 'none';
  const key = keys[address];
  if (error !== null || key === undefined) return 'unknown';
  if (key === null) return 'missing';
  return key.hasPassphrase ? 'protected' : 'plain';
}

function lockOf(
  record: WalletRecord | undefined,
  state: SignerState,
  { keys, error }: SeenKeys,
): WalletsView['lock'] {
  if (record === undefined) return 'none';
  if (record.kind === 'watch') return 'watchOnly';
  if (state.address === record.address && state.lock === 'unlocked') return 'unlocked';
  return error !== null || keys[record.address] === null ? 'unavailable' : 'locked';
}

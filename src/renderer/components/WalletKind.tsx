import { Tag } from './Tag.tsx';
import { WalletAddress } from './WalletAddress.tsx';
import { WALLET_LOOKS, type WalletKindName } from './walletLook.ts';
import styles from './WalletKind.module.css';

export interface WalletKindProps {
  readonly kind: WalletKindName;
  /** Whose account a delegate trades: the name where that wallet is known here, and its address. */
  readonly owner?: { readonly name: string | undefined; readonly address: string } | undefined;
}

/** What a wallet is, and what it may. */
export function WalletKind({ kind, owner }: WalletKindProps) {
  const { word, may, Icon, role } = WALLET_LOOKS[kind];
  return (
    <span className={styles.kind}>
      <Tag word={word} Icon={Icon} role={role} />
      <span className={styles.may}>
        {may}
        {owner?.name === undefined ? null : (
          <>
            , for the account of <strong className={styles.owner}>{owner.name}</strong>
          </>
        )}
      </span>
      {owner === undefined || owner.name !== undefined ? null : (
        <span className={styles.unknown}>
          for the account of <WalletAddress address={owner.address} />
        </span>
      )}
    </span>
  );
}

import { Fragment } from 'react';
import styles from './WalletAddress.module.css';

export interface WalletAddressProps {
  readonly address: string;
}

const GROUP = 4;

/**
 * A whole address in groups of four, to be compared one by one. It is never shortened and no end of it stands out: whoever
 * fakes an address fakes its ends. Marked and copied by hand it has no gaps, since these are margins and not spaces.
 */
export function WalletAddress({ address }: WalletAddressProps) {
  const groups = Array.from({ length: Math.ceil(address.length / GROUP) }, (_, at) =>
    address.slice(at * GROUP, (at + 1) * GROUP),
  );
  return (
    <span className={styles.address} translate="no">
      {groups.map((group, at) => (
        // The same group may come twice, and none ever moves.
        <Fragment key={at}>
          <span className={styles.group}>{group}</span>
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}

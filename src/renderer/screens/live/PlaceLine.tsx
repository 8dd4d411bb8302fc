import { WalletAddress } from '../../components/WalletAddress.tsx';
import { venueWords } from './venueWords.ts';
import styles from './Live.module.css';

interface PlaceLineProps {
  readonly venue: string;
  readonly owner: string;
  readonly subAccount: number;
}

/** Where a trade is made, and for whom: never shortened. */
export const PlaceLine = ({ venue, owner, subAccount }: PlaceLineProps) => (
  <span className={styles.place}>
    <span>
      {venueWords(venue)}, sub-account {subAccount} of
    </span>{' '}
    <WalletAddress address={owner} />
  </span>
);

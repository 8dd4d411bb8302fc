import { IconArrowBarRight } from '@tabler/icons-react';
import type { DifferenceView } from '../../../shared/contract/difference.ts';
import { exactText } from '../../components/exactText.ts';
import { Tag } from '../../components/Tag.tsx';
import { difference } from '../../live/difference.ts';
import { differenceKind, differenceUnit } from './differenceWords.ts';
import styles from './DifferenceTable.module.css';

/** What the books say and what the chain says, side by side and to the last digit. */
export function DifferenceTable({ differences }: { readonly differences: readonly DifferenceView[] }) {
  return (
    <div className={styles.frame} role="region" aria-label="Differences" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Books</th>
            <th scope="col">Chain</th>
            <th scope="col">Chain less books</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <Row key={`${one.kind} ${one.subject}`} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { readonly one: DifferenceView }) {
  const { subject, books, chain, words, acceptable } = one;
  const unit = differenceUnit(one);
  const said = (amount: string | null): string => (amount === null ? 'nothing' : exactText(amount, unit));
  const by = exactText(difference(chain ?? '0', books ?? '0'), unit, 0, true);
  return (
    <>
      <tr>
        <th scope="row">
          {differenceKind(one)} <span className={styles.subject}>{subject}</span>
        </th>
        <td>{said(books)}</td>
        <td>{said(chain)}</td>
        <td className={styles.by}>{by}</td>
      </tr>
      <tr className={styles.more}>
        <td colSpan={4}>
          <span className={styles.words}>
            {words}
            {acceptable ? null : (
              <Tag word="Has to leave the sub-account" Icon={IconArrowBarRight} role="warn" />
            )}
          </span>
        </td>
      </tr>
    </>
  );
}

import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { pnlBars } from './pnlBars.ts';
import { SignedNumber } from './SignedNumber.tsx';
import styles from './PnlBreakdown.module.css';

export interface PnlBreakdownProps {
  /** The five parts and their total in dollars, as the engine gives them; null while they load. */
  readonly pnl: FundingUpdateData['pnl'] | null;
}

export const PNL_PARTS = [
  { part: 'funding', label: 'Funding' },
  { part: 'price', label: 'Price' },
  { part: 'fees', label: 'Fees' },
  { part: 'slippage', label: 'Slippage' },
  { part: 'interest', label: 'Interest' },
] as const;

/** Where the profit comes from. The total is the engine's own, never added up here. */
export function PnlBreakdown({ pnl }: PnlBreakdownProps) {
  const bars = pnl === null ? null : pnlBars(PNL_PARTS.map(({ part }) => pnl[part]));
  return (
    <table className={styles.table}>
      <caption>
        <VisuallyHidden>Profit and loss by source, in US dollars</VisuallyHidden>
      </caption>
      <tbody>
        {PNL_PARTS.map(({ part, label }, at) => {
          const bar = bars?.[at];
          return (
            <tr key={part}>
              <th scope="row">{label}</th>
              <td className={styles.bar} aria-hidden>
                {bar === undefined ? null : (
                  <span
                    data-direction={bar.direction}
                    style={{ left: `${bar.from}%`, width: `${bar.to - bar.from}%` }}
                  />
                )}
              </td>
              <td className={styles.amount}>
                <Amount usd={pnl === null ? undefined : pnl[part]} />
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td />
          <td className={styles.amount}>
            <Amount usd={pnl?.total} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Amount({ usd }: { readonly usd: string | undefined }) {
  if (usd !== undefined) return <SignedNumber amount={usd} unit="$" />;
  return (
    <>
      <VisuallyHidden>loading</VisuallyHidden>
      <Skeleton height={11} width={64} display="inline-block" />
    </>
  );
}

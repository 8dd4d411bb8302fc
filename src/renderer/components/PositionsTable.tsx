import { VisuallyHidden } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconStack2 } from '@tabler/icons-react';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { priceColumnDecimals, sizeColumnDecimals } from './columnDecimals.ts';
import { signOf } from './decimalText.ts';
import { EmptyState } from './EmptyState.tsx';
import { LoadingState } from './LoadingState.tsx';
import { Money } from './Money.tsx';
import { Quantity } from './Quantity.tsx';
import { SignedNumber } from './SignedNumber.tsx';
import { Tag } from './Tag.tsx';
import styles from './PositionsTable.module.css';

type Position = FundingUpdateData['positions'][number];

export interface PositionsTableProps {
  /** Perp positions as the engine gives them; null while they load. */
  readonly positions: readonly Position[] | null;
  /** Name of the table for a screen reader; another one for each table of a screen. */
  readonly label?: string;
}

const COLUMNS = [
  'Side',
  'Size',
  'Entry',
  'Mark',
  'Liquidation',
  'Unrealised PnL',
  'Unsettled PnL',
  'Settled PnL',
  'Funding earned',
] as const;

/** Open perp positions. Every column of numbers ends at its last digit, so that points stand under points. */
export function PositionsTable({ positions, label = 'Open positions' }: PositionsTableProps) {
  if (positions === null) return <LoadingState label="Loading positions" lines={3} />;
  if (positions.length === 0)
    return (
      <EmptyState Icon={IconStack2} title="No open positions">
        The engine holds nothing now. It enters when the funding it expects pays for the way in and out.
      </EmptyState>
    );
  const sizeDecimals = sizeColumnDecimals(positions.map(({ size }) => size));
  const priceDecimals = priceColumnDecimals(positions.map(({ markPrice }) => markPrice));
  return (
    // A table that scrolls must be reachable by the keyboard.
    <div className={styles.frame} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>{label}, amounts in US dollars</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">Market</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {positions.map((position) => (
            <PositionRow
              key={position.market}
              position={position}
              sizeDecimals={sizeDecimals}
              priceDecimals={priceDecimals}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PositionRowProps {
  readonly position: Position;
  readonly sizeDecimals: number;
  readonly priceDecimals: number;
}

function PositionRow({ position, sizeDecimals, priceDecimals }: PositionRowProps) {
  const { market, size, entryPrice, markPrice, liquidationPrice } = position;
  const long = signOf(size) >= 0;
  return (
    <tr>
      <th scope="row">{market}</th>
      <td>
        <Tag
          word={long ? 'Long' : 'Short'}
          Icon={long ? IconArrowUpRight : IconArrowDownRight}
          role={long ? 'long' : 'short'}
        />
      </td>
      <td>
        <Quantity size={size} unit={market.split('-')[0] ?? market} decimals={sizeDecimals} />
      </td>
      {[entryPrice, markPrice, liquidationPrice].map((price, at) => (
        <td key={COLUMNS[at + 2]}>
          <Money usd={price} decimals={priceDecimals} />
        </td>
      ))}
      {[position.unrealizedPnl, position.unsettledPnl, position.settledPnl, position.fundingEarned].map(
        (usd, at) => (
          <td key={COLUMNS[at + 5]}>
            <SignedNumber amount={usd} unit="$" />
          </td>
        ),
      )}
    </tr>
  );
}

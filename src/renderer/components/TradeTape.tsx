import { IconTriangleFilled, IconTriangleInvertedFilled } from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import type { TradeView } from '../../shared/contract/marketData.ts';
import { machineTime, timeOfDay } from './clockText.ts';
import { Figure } from './Figure.tsx';
import styles from './TradeTape.module.css';

export interface TradeTapeProps {
  /** Newest first. */
  readonly trades: readonly TradeView[];
  readonly priceDecimals: number;
  readonly sizeDecimals: number;
}

/** The latest trades of a market. Who took is told by an arrow, a word for the ear, and a colour. */
export function TradeTape({ trades, ...decimals }: TradeTapeProps) {
  return (
    <ul className={styles.tape} aria-label="Latest trades, newest first">
      {trades.map((trade) => (
        <Line key={trade.id} trade={trade} {...decimals} />
      ))}
    </ul>
  );
}

interface LineProps extends Omit<TradeTapeProps, 'trades'> {
  readonly trade: TradeView;
}

const Line = memo(function Line({ trade, priceDecimals, sizeDecimals }: LineProps) {
  const { t, price, size, side } = trade;
  const Arrow = side === 'buy' ? IconTriangleFilled : IconTriangleInvertedFilled;
  return (
    <li className={styles.line} data-side={side}>
      <span className={styles.price}>
        <Arrow size={7} aria-hidden />
        <VisuallyHidden>{side === 'buy' ? 'bought' : 'sold'} at </VisuallyHidden>
        <Figure amount={price} unit="" decimals={priceDecimals} signed={false} />
      </span>
      <Figure amount={size} unit="" decimals={sizeDecimals} signed={false} />
      <time className={styles.time} dateTime={machineTime(t)}>
        {timeOfDay(t)}
      </time>
    </li>
  );
});

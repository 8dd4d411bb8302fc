import { Button } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconMinus, IconStack2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { TradingPositionView } from '../../../shared/contract/orders.ts';
import { useApi } from '../../api/apiContext.ts';
import { signOf } from '../../components/decimalText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Figure } from '../../components/Figure.tsx';
import { figureText } from '../../components/figureText.ts';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Money } from '../../components/Money.tsx';
import { Quantity } from '../../components/Quantity.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { Tag } from '../../components/Tag.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { sayDone } from '../../shell/notices.ts';
import { placesOf } from './orderColumns.tsx';
import { Liquidation } from './PreviewPanel.tsx';
import { StreamFailure } from './StreamFailure.tsx';
import styles from './Tabs.module.css';
import { SaveRows, TradeTable, type Column } from './TradeTable.tsx';
import { useTrade } from './tradeStore.ts';

type Position = TradingPositionView;

const DIRECTIONS = { 1: 'long', 0: 'flat', [-1]: 'short' } as const;

const money = (name: string, of: (position: Position) => string): Column<Position> => ({
  name,
  numeric: true,
  cell: (position) => <SignedNumber amount={of(position)} unit="$" />,
  csv: of,
});

const COLUMNS: readonly Column<Position>[] = [
  { name: 'Market', cell: ({ market }) => <strong>{market}</strong>, csv: ({ market }) => market },
  {
    name: 'Side',
    cell: ({ size }) => <Direction size={size} />,
    csv: ({ size }) => DIRECTIONS[signOf(size)],
  },
  {
    name: 'Size',
    numeric: true,
    cell: ({ size }) => <Figure amount={size} unit="" decimals={placesOf(size)} signed={false} />,
    csv: ({ size }) => size,
  },
  {
    name: 'Entry',
    numeric: true,
    cell: ({ entryPrice }) => <Money usd={entryPrice} decimals={3} />,
    csv: ({ entryPrice }) => entryPrice,
  },
  {
    name: 'Mark',
    numeric: true,
    cell: ({ markPrice }) => <Money usd={markPrice} decimals={3} />,
    csv: ({ markPrice }) => markPrice,
  },
  {
    name: 'Notional',
    numeric: true,
    cell: ({ notional }) => <Money usd={notional} />,
    csv: ({ notional }) => notional,
  },
  {
    name: 'Liquidation',
    numeric: true,
    cell: ({ liquidationAbove: above, liquidationBelow: below }) => <Liquidation of={{ above, below }} />,
  },
  money('Unrealised', ({ unrealizedPnl }) => unrealizedPnl),
  money('Unsettled', ({ unsettledPnl }) => unsettledPnl),
  money('Funding', ({ fundingEarned }) => fundingEarned),
];

/** Only in the file: on the screen they stand in one column. */
const LIQUIDATION_COLUMNS: readonly Column<Position>[] = [
  { name: 'Liquidation above', cell: () => null, csv: ({ liquidationAbove }) => liquidationAbove },
  { name: 'Liquidation below', cell: () => null, csv: ({ liquidationBelow }) => liquidationBelow },
  { name: 'Settled', cell: () => null, csv: ({ settledPnl }) => settledPnl },
];

function Direction({ size }: { readonly size: string }) {
  // Closed, and what it made is not settled yet.
  if (signOf(size) === 0) return <Tag word="Flat" Icon={IconMinus} />;
  const long = signOf(size) > 0;
  return (
    <Tag
      word={long ? 'Long' : 'Short'}
      Icon={long ? IconArrowUpRight : IconArrowDownRight}
      role={long ? 'long' : 'short'}
    />
  );
}

/** What was opened by hand, and what lies beside it. */
export function PositionsTab() {
  const positions = useTrade((state) => state.account?.positions);
  const failed = useTrade((state) => state.failed.account);
  const columns = useMemo(
    (): readonly Column<Position>[] => [
      ...COLUMNS,
      { name: '', cell: (position) => <PositionActions {...position} /> },
    ],
    [],
  );
  if (positions === undefined)
    return failed === undefined ? (
      <div className={styles.inset}>
        <LoadingState label="Loading the positions" />
      </div>
    ) : (
      <StreamFailure title="The positions could not be read" error={failed} />
    );
  return (
    <>
      <div className={styles.tools}>
        <Balances />
        <SaveRows name="positions" columns={[...COLUMNS, ...LIQUIDATION_COLUMNS]} rows={positions} />
      </div>
      {positions.length === 0 ? (
        <EmptyState Icon={IconStack2} title="No open positions">
          Nothing is held in this sub-account. The engine’s own positions are on the dashboard.
        </EmptyState>
      ) : (
        <TradeTable
          label="Positions, traded by hand"
          columns={columns}
          rows={positions}
          keyOf={({ market }) => market}
        />
      )}
    </>
  );
}

function Balances() {
  const cash = useTrade((state) => state.account?.cash ?? null);
  const sol = useTrade((state) => state.account?.spotSol ?? null);
  const wallet = useTrade((state) => state.account?.walletSol ?? null);
  const reserved = useTrade((state) => state.account?.reserved ?? null);
  return (
    <p className={styles.balances}>
      <span>
        Cash <Money usd={cash} />
      </span>
      <span>
        Spot <Quantity size={sol} unit="SOL" />
      </span>
      <span>
        Reserved by orders <Money usd={reserved} />
      </span>
      <span>
        Wallet, for gas <Quantity size={wallet} unit="SOL" decimals={4} />
      </span>
    </p>
  );
}

function PositionActions({ market, size, unsettledPnl }: Position) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const closing = useUnderWay(`close ${market}`);
  const settling = useUnderWay(`settle ${market}`);
  const [asked, setAsked] = useState(false);
  const close = (): void => {
    setAsked(false);
    void act(`close ${market}`, `${market} was not closed`, async () => {
      const { orders } = await api.send('DRIFT_CLOSE_POSITION', { market });
      const whole = orders.every(({ state }) => state === 'filled');
      sayDone(whole ? `${market} is closed.` : `${market} is being closed: look at the order history.`);
    });
  };
  const settle = (): void =>
    void act(`settle ${market}`, `${market} was not settled`, async () => {
      const { settled } = await api.send('DRIFT_SETTLE_PNL', { market });
      sayDone(`${figureText(settled, '$', 2, true)} of ${market} PnL is settled into collateral.`);
    });
  if (asked && signOf(size) !== 0)
    return (
      <span className={styles.actions}>
        <Button size="compact-xs" color="danger" autoFocus disabled={!connected} onClick={close}>
          {signOf(size) > 0 ? 'Sell' : 'Buy'} {size.replace('-', '')} at market
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => setAsked(false)}>
          Keep it
        </Button>
      </span>
    );
  return (
    <span className={styles.actions}>
      <Button
        size="compact-xs"
        variant="default"
        loading={settling}
        disabled={!connected || signOf(unsettledPnl) === 0}
        aria-label={`Settle PnL of ${market}`}
        onClick={settle}
      >
        Settle
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        loading={closing}
        disabled={!connected || signOf(size) === 0}
        aria-label={`Close ${market}`}
        onClick={() => setAsked(true)}
      >
        Close
      </Button>
    </span>
  );
}

import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { CandleChart } from '../../components/CandleChart.tsx';
import type { FillMark, OrderLine } from '../../components/candleMarks.ts';
import { grouped } from '../../components/decimalText.ts';
import { RESOLUTION_WORDS, RESOLUTIONS } from './candleSeries.ts';
import { useMarketDecimals, useMarketSpec } from './marketSpec.ts';
import { StreamFailure } from './StreamFailure.tsx';
import styles from './Trade.module.css';
import { chooseResolution, useTicket } from './ticketStore.ts';
import { useTrade } from './tradeStore.ts';
import { useCandles } from './useCandles.ts';
import { useRead } from './useRead.ts';

const FILLS = 200;
const FILLS_EVERY_MS = 30_000;

/** Candles of the market, with what is one's own in them. */
export function CandlePanel() {
  const market = useTicket((state) => state.market);
  const resolution = useTicket((state) => state.resolution);
  const spec = useMarketSpec();
  const decimals = useMarketDecimals();
  const { candles, error, loadOlder } = useCandles(market, resolution);
  const orders = useOrderLines(market);
  const fills = useFillMarks(market);
  return (
    <section className={styles.chart} aria-label="Price">
      <SegmentedControl
        className={styles.resolutions ?? ''}
        aria-label="Time a candle"
        size="xs"
        value={resolution}
        onChange={(value) => {
          const picked = RESOLUTIONS.find((one) => one === value);
          if (picked !== undefined) chooseResolution(picked);
        }}
        data={RESOLUTIONS.map((one) => ({ value: one, label: one }))}
      />
      {error !== null && candles === null ? (
        <StreamFailure title="The candles could not be read" error={error} />
      ) : (
        <CandleChart
          // Another market's or resolution's candles are another chart: nothing of the one before is moved over.
          key={`${market ?? ''} ${resolution}`}
          name={`${market ?? 'The market'}, ${RESOLUTION_WORDS[resolution]} a candle`}
          candles={candles}
          orders={orders}
          fills={fills}
          decimals={decimals.price}
          unit={spec?.asset ?? ''}
          onBeginning={loadOlder}
        />
      )}
    </section>
  );
}

function useOrderLines(market: string | null): readonly OrderLine[] {
  const orders = useTrade((state) => state.orders);
  return useMemo(
    () =>
      (orders ?? []).flatMap((order) => {
        const { orderId, side, left, price, triggerPrice, state } = order;
        const waits = state === 'untriggered' || state === 'conditional';
        const at = waits ? (triggerPrice ?? price) : price;
        if (order.market !== market || at === null) return [];
        const verb = side === 'buy' ? 'Buy' : 'Sell';
        return [
          { id: orderId, side, price: at, waits, title: `${verb} ${grouped(left)}${waits ? ' waits' : ''}` },
        ];
      }),
    [orders, market],
  );
}

function useFillMarks(market: string | null): readonly FillMark[] {
  const heard = useTrade((state) => state.fills);
  const { data } = useRead(
    'GET_FILLS',
    { limit: FILLS, ...(market === null ? {} : { market }) },
    FILLS_EVERY_MS,
  );
  return useMemo(() => {
    const read = data?.fills ?? [];
    const known = new Set(read.map(({ id }) => id));
    const newer = heard.filter(({ id }) => !known.has(id));
    return [...newer, ...read].filter((fill) => fill.market === market);
  }, [heard, data, market]);
}

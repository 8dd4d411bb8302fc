import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode } from 'react';
import { useApi } from '../../api/apiContext.ts';
import { Figure } from '../../components/Figure.tsx';
import { Percent } from '../../components/Percent.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { durationText } from '../../components/durationText.ts';
import { useConnectionKind, useLive } from '../../live/liveStore.ts';
import { useMarketDecimals, useMarkets, useMarketSpec } from './marketSpec.ts';
import { chooseMarket, useTicket } from './ticketStore.ts';
import { useTrade } from './tradeStore.ts';
import styles from './Trade.module.css';

/** As long as the program keeps them. */
const STATS_EVERY_MS = 5_000;
const DAY_MS = 86_400_000;

/** Which market, and how it stands. */
export function MarketHeader() {
  const markets = useMarkets().data?.markets ?? [];
  const market = useTicket((state) => state.market);
  const old = useConnectionKind() !== 'open';
  return (
    <section data-old={old || undefined} className={styles.market} aria-label="Market">
      <NativeSelect
        className={styles.picker ?? ''}
        aria-label="Market"
        value={market ?? ''}
        disabled={markets.length === 0}
        onChange={(event) => chooseMarket(event.currentTarget.value)}
        data={markets.length === 0 ? ['Loading…'] : markets.map((one) => one.market)}
      />
      <dl className={styles.facts}>
        <Live />
        <Day />
      </dl>
    </section>
  );
}

function Fact({
  name,
  children,
  title,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What ticks. */
const Live = memo(function Live() {
  const { price } = useMarketDecimals();
  const last = useTrade((state) => state.tape?.[0]?.price ?? null);
  const side = useTrade((state) => state.tape?.[0]?.side);
  const mark = useTrade((state) => state.book?.mark ?? null);
  const oracle = useTrade((state) => state.book?.oracle ?? null);
  return (
    <>
      <div className={styles.last} data-side={side}>
        <dt>Last</dt>
        <dd>
          <Figure amount={last} unit="$" decimals={price} signed={false} />
        </dd>
      </div>
      <Fact name="Mark" title="What positions are valued at">
        <Figure amount={mark} unit="" decimals={price} signed={false} />
      </Fact>
      <Fact name="Oracle" title="What margin and triggers go by">
        <Figure amount={oracle} unit="" decimals={price} signed={false} />
      </Fact>
    </>
  );
});

function Day() {
  const api = useApi();
  const market = useTicket((state) => state.market);
  const spec = useMarketSpec();
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const { price } = useMarketDecimals();
  const { data } = useQuery({
    queryKey: ['GET_MARKET_STATS', market, vaultEpoch],
    queryFn: () => api.send('GET_MARKET_STATS', { market: market ?? '' }),
    enabled: market !== null && connected,
    staleTime: STATS_EVERY_MS,
    refetchInterval: connected ? STATS_EVERY_MS : false,
  });
  const whole = data === undefined || data.coveredMs >= DAY_MS;
  const span = whole ? '24 h' : durationText(data.coveredMs);
  return (
    <>
      <Fact name={`${span} change`}>
        <SignedNumber amount={data?.changePct ?? null} unit="%" />
      </Fact>
      <Fact name={`${span} high`}>
        <Figure amount={data?.high ?? null} unit="" decimals={price} signed={false} />
      </Fact>
      <Fact name={`${span} low`}>
        <Figure amount={data?.low ?? null} unit="" decimals={price} signed={false} />
      </Fact>
      <Fact name={`${span} volume`}>
        <Figure amount={data?.volume ?? null} unit={spec?.asset ?? ''} decimals={0} signed={false} />
      </Fact>
      {spec?.kind === 'spot' ? null : (
        <Fact name="Funding" title="What longs pay shorts; where it is negative, shorts pay longs">
          <Percent percent={data?.fundingApr ?? null} signed per="p.a." />
        </Fact>
      )}
    </>
  );
}

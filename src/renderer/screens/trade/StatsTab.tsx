import type { ReactNode } from 'react';
import { replyOf } from '../../api/apiError.ts';
import { Duration } from '../../components/Duration.tsx';
import { Figure } from '../../components/Figure.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Money } from '../../components/Money.tsx';
import { Percent } from '../../components/Percent.tsx';
import { StreamFailure } from './StreamFailure.tsx';
import styles from './Tabs.module.css';
import { useRead } from './useRead.ts';

const EVERY_MS = 3_000;

/** How well the orders did, over everything that was traded by hand. */
export function StatsTab() {
  const { data, error } = useRead('GET_TRADING_STATS', {}, EVERY_MS);
  if (data === undefined)
    return error === null ? (
      <div className={styles.inset}>
        <LoadingState label="Loading the statistics" lines={5} />
      </div>
    ) : (
      <StreamFailure title="The statistics could not be read" error={replyOf(error)} />
    );
  const counts = [
    ['Orders', data.orders],
    ['Open', data.open],
    ['Filled', data.filled],
    ['Filled in part', data.partiallyFilled],
    ['Cancelled', data.cancelled],
    ['Refused', data.rejected],
    ['Expired', data.expired],
    ['Outcome unknown', data.unknown],
  ] as const;
  return (
    <dl className={styles.stats}>
      {counts.map(([name, count]) => (
        <Stat key={name} name={name}>
          {count.toLocaleString('en-US')}
        </Stat>
      ))}
      <Stat name="Fill ratio">
        <Percent percent={data.fillRatioPct} decimals={1} />
      </Stat>
      <Stat name="As maker, of the volume">
        <Percent percent={data.makerSharePct} decimals={1} />
      </Stat>
      <Stat name="Slippage">
        <Figure amount={data.slippageBp} unit="bp" decimals={2} signed />
      </Stat>
      <Stat name="Slippage, in all">
        <Money usd={data.slippage} signed />
      </Stat>
      <Stat name="To the first fill, median">
        <Duration ms={data.medianTimeToFillMs} />
      </Stat>
      <Stat name="To the first fill, mean">
        <Duration ms={data.meanTimeToFillMs} />
      </Stat>
      <Stat name="Fees paid">
        <Money usd={data.feesPaid} />
      </Stat>
      <Stat name="Rebates">
        <Money usd={data.rebates} />
      </Stat>
      <Stat name="Volume">
        <Money usd={data.volume} />
      </Stat>
    </dl>
  );
}

function Stat({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

import { IconArrowsExchange } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TradeTape } from '../../components/TradeTape.tsx';
import { useMarketDecimals } from './marketSpec.ts';
import { StreamFailure } from './StreamFailure.tsx';
import { useTrade } from './tradeStore.ts';
import styles from './Trade.module.css';

/** What everybody traded, the latest first. */
export function TapePanel() {
  const tape = useTrade((state) => state.tape);
  const failed = useTrade((state) => state.failed.trades);
  const decimals = useMarketDecimals();
  return (
    <Panel title="Trades" aside="of everybody" flush>
      {tape === null ? (
        failed === undefined ? (
          <div className={styles.inset}>
            <LoadingState label="Loading the trades" lines={5} lineHeight={18} />
          </div>
        ) : (
          <StreamFailure title="The trades could not be read" error={failed} />
        )
      ) : tape.length === 0 ? (
        <EmptyState Icon={IconArrowsExchange} title="No trades yet">
          Nobody has traded since the market began.
        </EmptyState>
      ) : (
        // What scrolls must be reachable by the keyboard.
        <div className={styles.tape} role="region" aria-label="Latest trades" tabIndex={0}>
          <TradeTape trades={tape} priceDecimals={decimals.price} sizeDecimals={decimals.size} />
        </div>
      )}
    </Panel>
  );
}

import { Tabs } from '@mantine/core';
import { signOf } from '../../components/decimalText.ts';
import { useLive } from '../../live/liveStore.ts';
import { FillsTab } from './FillsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { OrdersTab } from './OrdersTab.tsx';
import { PositionsTab } from './PositionsTab.tsx';
import { StatsTab } from './StatsTab.tsx';
import styles from './Tabs.module.css';
import { useTrade } from './tradeStore.ts';

/** What came of trading by hand. Only the tab that is looked at asks for anything. */
export function TradeTabs() {
  // Pages, and what one was about to change or to close, are of one vault.
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const orders = useTrade((state) => state.orders?.length);
  const positions = useTrade(
    (state) => state.account?.positions.filter(({ size }) => signOf(size) !== 0).length,
  );
  const count = (many: number | undefined): string => (many === undefined || many === 0 ? '' : ` (${many})`);
  return (
    <section className={styles.tabs} aria-label="Orders, positions and fills">
      <Tabs defaultValue="orders" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="orders">Open orders{count(orders)}</Tabs.Tab>
          <Tabs.Tab value="positions">Positions{count(positions)}</Tabs.Tab>
          <Tabs.Tab value="fills">Fills</Tabs.Tab>
          <Tabs.Tab value="history">Order history</Tabs.Tab>
          <Tabs.Tab value="statistics">Statistics</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="orders">
          <OrdersTab key={vaultEpoch} />
        </Tabs.Panel>
        <Tabs.Panel value="positions">
          <PositionsTab key={vaultEpoch} />
        </Tabs.Panel>
        <Tabs.Panel value="fills">
          <FillsTab key={vaultEpoch} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab key={vaultEpoch} />
        </Tabs.Panel>
        <Tabs.Panel value="statistics">
          <StatsTab />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

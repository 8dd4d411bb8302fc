import { VisuallyHidden } from '@mantine/core';
import { CollateralTiles } from './CollateralTiles.tsx';
import { ControlBar } from './ControlBar.tsx';
import { EquityPanel } from './EquityPanel.tsx';
import { FreshnessProvider } from './FreshnessProvider.tsx';
import { KeyTiles } from './KeyTiles.tsx';
import { LiveGrant } from './LiveGrant.tsx';
import { NewsPanel } from './NewsPanel.tsx';
import { PnlPanel } from './PnlPanel.tsx';
import { PositionsPanel } from './PositionsPanel.tsx';
import { RiskPanels } from './RiskPanels.tsx';
import styles from './Dashboard.module.css';

/** The engine at a glance: safe or not, straight or not, earning or not, and why. */
export default function Dashboard() {
  return (
    <FreshnessProvider>
      <div className={styles.dashboard}>
        <VisuallyHidden>
          <h1>Dashboard</h1>
        </VisuallyHidden>
        <ControlBar />
        <LiveGrant />
        <KeyTiles />
        <div className={styles.columns}>
          <EquityPanel />
          <RiskPanels />
        </div>
        <div className={styles.columns}>
          <NewsPanel />
          <PnlPanel />
        </div>
        <CollateralTiles />
        <PositionsPanel />
      </div>
    </FreshnessProvider>
  );
}

import { Panel } from '../../components/Panel.tsx';
import { PositionsTable } from '../../components/PositionsTable.tsx';
import { useFunding } from '../../live/liveStore.ts';
import { useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

export function PositionsPanel() {
  const positions = useFunding((funding) => funding.positions);
  const old = useFreshness() === 'old' ? styles.old : undefined;
  return (
    <Panel title="Positions" aside="perpetuals; the spot leg is above" flush>
      <div className={old}>
        <PositionsTable positions={positions ?? null} />
      </div>
    </Panel>
  );
}

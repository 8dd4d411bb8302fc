import { DriftMeter } from '../../components/DriftMeter.tsx';
import { HealthGauge } from '../../components/HealthGauge.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Percent } from '../../components/Percent.tsx';
import { useFunding } from '../../live/liveStore.ts';
import { useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

/** How far from liquidation, and how far from neutral. */
export function RiskPanels() {
  const old = useFreshness() === 'old' ? styles.old : undefined;
  return (
    <div className={styles.side}>
      <Panel title="Health" centred>
        <div className={old}>
          <Health />
        </div>
      </Panel>
      <Panel title="Delta drift" centred>
        <div className={old}>
          <Drift />
        </div>
      </Panel>
    </div>
  );
}

function Health() {
  const health = useFunding((funding) => funding.health);
  return <HealthGauge health={health ?? null} />;
}

/** Drift says nothing while the engine holds no hedge. */
function Drift() {
  const hedged = useFunding((funding) => funding.target === 'hedged');
  const driftPct = useFunding((funding) => funding.driftPct);
  const netDelta = useFunding((funding) => funding.netDelta);
  const tolerancePct = useFunding((funding) => funding.driftTolerancePct);
  if (tolerancePct === undefined) return <LoadingState label="Loading the drift" lines={2} />;
  if (hedged !== true)
    return (
      <p className={styles.flat}>
        <strong>Flat</strong>
        <span>
          There is no hedge to keep straight. Once there is, it is corrected beyond{' '}
          <Percent percent={tolerancePct} />.
        </span>
      </p>
    );
  return <DriftMeter driftPct={driftPct ?? null} tolerancePct={tolerancePct} netDelta={netDelta ?? null} />;
}

import { replyOf } from '../../api/apiError.ts';
import { EquityChart } from '../../components/EquityChart.tsx';
import { Panel } from '../../components/Panel.tsx';
import { durationText } from '../../components/durationText.ts';
import { pointOf } from '../../live/equityTail.ts';
import { useFunding } from '../../live/liveStore.ts';
import { useEquityCurve } from '../../live/useEquityCurve.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

const HEIGHT = 262;

export function EquityPanel() {
  const { points, error } = useEquityCurve();
  const funding = useFunding((latest) => latest);
  const old = useFreshness() === 'old' ? styles.old : undefined;
  const isLive = useFunding(({ mode }) => mode === 'live') ?? false;
  const first = points?.[0];
  const last = points?.at(-1);
  const span = first === undefined || last === undefined ? undefined : durationText(last.t - first.t);
  return (
    <Panel title="Equity" aside={span === undefined ? undefined : isLive ? span : `${span} of market time`}>
      {error !== null && points === null ? (
        <Failure title="The equity curve could not be read" error={replyOf(error)} />
      ) : (
        <div className={old}>
          <EquityChart
            points={points}
            now={funding === undefined ? undefined : pointOf(funding)}
            height={HEIGHT}
          />
        </div>
      )}
    </Panel>
  );
}

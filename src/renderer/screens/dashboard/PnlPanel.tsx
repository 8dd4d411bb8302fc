import { Panel } from '../../components/Panel.tsx';
import { PnlBreakdown } from '../../components/PnlBreakdown.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { difference } from '../../live/difference.ts';
import { useFunding } from '../../live/liveStore.ts';
import { useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

const WORDS = { up: 'ahead', down: 'behind', zero: 'even' };

/** Where the profit comes from, and what the same capital would have made otherwise. */
export function PnlPanel() {
  const pnl = useFunding((funding) => funding.pnl);
  const versusHolding = useFunding(({ pnl: { total }, comparison }) =>
    comparison === null ? null : difference(total, comparison.justHolding),
  );
  const versusNeverLeaving = useFunding(({ pnl: { total }, comparison }) => {
    const neverLeaving = comparison?.neverLeaving ?? null;
    return neverLeaving === null ? null : difference(total, neverLeaving);
  });
  // Only the paper market can be played otherwise.
  const compares = useFunding(({ mode }) => mode === 'paper') ?? true;
  const old = useFreshness() === 'old' ? styles.old : undefined;
  return (
    <Panel title="Profit and loss" aside="since the vault began">
      <div className={old}>
        <PnlBreakdown pnl={pnl ?? null} />
        {compares ? (
          <Comparison versusHolding={versusHolding ?? null} versusNeverLeaving={versusNeverLeaving ?? null} />
        ) : null}
      </div>
    </Panel>
  );
}

interface ComparisonProps {
  readonly versusHolding: string | null;
  readonly versusNeverLeaving: string | null;
}

const Comparison = ({ versusHolding, versusNeverLeaving }: ComparisonProps) => (
  <dl className={styles.compare}>
    <div>
      <dt>versus just holding SOL</dt>
      <dd>
        <SignedNumber amount={versusHolding} unit="$" words={WORDS} />
      </dd>
    </div>
    <div>
      <dt>versus never leaving</dt>
      <dd>
        <SignedNumber amount={versusNeverLeaving} unit="$" words={WORDS} />
      </dd>
    </div>
  </dl>
);

import { EQUITY_LINES, type EquityPoint } from './equitySeries.ts';
import { Money } from './Money.tsx';
import styles from './EquityChart.module.css';

const DASHES = { solid: undefined, dotted: '2 3', dashed: '6 4' } as const;

/** The chart's lines by word and stroke, each with its value at one moment. Lines that nobody compares are left out. */
export function EquityLegend({ point }: { readonly point: EquityPoint | undefined }) {
  return (
    <ul className={styles.legend}>
      {EQUITY_LINES.map(({ key, label, stroke, role }) => {
        const usd = point?.[key] ?? null;
        if (usd === null) return null;
        return (
          <li key={key}>
            <svg width="24" height="8" data-role={role} aria-hidden>
              <line x1="1" y1="4" x2="23" y2="4" strokeDasharray={DASHES[stroke]} />
            </svg>
            <span className={styles.name}>{label}</span>
            <Money usd={usd} />
          </li>
        );
      })}
    </ul>
  );
}

import styles from './ChartCredit.module.css';

/** Where the charting library draws, its licence asks for its notice and a link to its makers, in the page itself. */
export function ChartCredit() {
  return (
    <figcaption className={styles.credit}>
      Charts by{' '}
      <a
        className={styles.link}
        href="https://www.tradingview.com/"
        target="_blank"
        rel="noreferrer noopener"
      >
        TradingView Lightweight Charts™
      </a>
      , © 2026 TradingView, Inc.
    </figcaption>
  );
}

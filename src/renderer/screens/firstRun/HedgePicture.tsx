import styles from './FirstRun.module.css';

/** The two legs: mirror images around a level line, and the funding that flows in between. */
export function HedgePicture() {
  return (
    <svg
      className={styles.picture}
      viewBox="0 0 560 250"
      role="img"
      aria-label="The value of the SOL you hold and of the short mirror each other around a level line, while funding flows in."
    >
      <defs>
        <linearGradient id="earned" x1="0" x2="1" y1="0" y2="0">
          <stop offset="0" stopColor="var(--pa-accent)" stopOpacity="0" />
          <stop offset="1" stopColor="var(--pa-accent)" stopOpacity="0.28" />
        </linearGradient>
      </defs>
      <path d="M20 130 L470 130 L470 84 Z" fill="url(#earned)" />
      <line x1="20" y1="130" x2="470" y2="130" stroke="var(--pa-line)" strokeWidth="1.5" />
      <g className={styles.long}>
        <path
          d="M20 130 C70 130 84 64 132 64 S196 176 246 172 S322 70 366 74 S432 128 470 110"
          fill="none"
          stroke="var(--pa-long)"
          strokeWidth="2.5"
          strokeLinecap="round"
        />
      </g>
      <g className={styles.short}>
        <path
          d="M20 130 C70 130 84 196 132 196 S196 84 246 88 S322 190 366 186 S432 132 470 150"
          fill="none"
          stroke="var(--pa-short)"
          strokeWidth="2.5"
          strokeDasharray="1 6"
          strokeLinecap="round"
        />
      </g>
      <path
        className={styles.flow}
        d="M20 130 L470 84"
        stroke="var(--pa-accent)"
        strokeWidth="3"
        strokeDasharray="8 6"
        strokeLinecap="round"
      />
      <circle cx="470" cy="84" r="5" fill="var(--pa-accent)" />
      <text className={styles.name} x="108" y="42">
        SOL you hold
      </text>
      <text className={styles.name} x="92" y="228">
        SOL sold short
      </text>
      <text className={styles.name} x="486" y="80">
        You
      </text>
      <text x="486" y="96">
        + funding
      </text>
      <text x="486" y="134">
        price
      </text>
      <text x="486" y="149">
        cancels out
      </text>
    </svg>
  );
}

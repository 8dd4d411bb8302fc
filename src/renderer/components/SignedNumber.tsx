import { Figure } from './Figure.tsx';
import { figureParts, type Unit } from './figureText.ts';
import styles from './SignedNumber.module.css';

export interface SignedNumberProps {
  /** Decimal string (or a measured number); null where there is none. */
  readonly amount: string | number | null;
  /** "$", "%", "SOL" … */
  readonly unit: Unit;
  readonly decimals?: number;
  /** Words for the three cases, shown behind the number: `{ up: 'earned', down: 'paid', zero: 'even' }`. */
  readonly words?: { readonly up: string; readonly down: string; readonly zero: string };
  /** Characters kept for the number; see Figure. */
  readonly reserve?: number;
}

const LOOKS = {
  1: { direction: 'up', arrow: 'M5 1.5 9.5 8.5H.5z' },
  0: { direction: 'zero', arrow: 'M1 4.25h8v1.5H1z' },
  [-1]: { direction: 'down', arrow: 'M5 8.5.5 1.5h9z' },
} as const;

/** A gain or a loss: an arrow, a sign and a colour, so that no one of them is needed. */
export function SignedNumber({ amount, unit, decimals = 2, words, reserve }: SignedNumberProps) {
  const parts = figureParts(amount, { unit, decimals, signed: true });
  if (parts === null)
    return <Figure amount={null} unit={unit} decimals={decimals} signed reserve={reserve} />;
  const { arrow, direction } = LOOKS[parts.direction];
  return (
    <span className={styles.signed} data-direction={direction}>
      <svg className={styles.arrow} viewBox="0 0 10 10" aria-hidden>
        <path d={arrow} />
      </svg>
      <Figure amount={amount} unit={unit} decimals={decimals} signed reserve={reserve} />
      {words === undefined ? null : <span className={styles.word}>{words[direction]}</span>}
    </span>
  );
}

import { Button } from '@mantine/core';
import { ModeBadge } from '../../components/ModeBadge.tsx';
import { ThemeSwitch } from '../../shell/ThemeSwitch.tsx';
import { useUnderWay } from '../../shell/acts.ts';
import { HedgePicture } from './HedgePicture.tsx';
import { StartForm } from './StartForm.tsx';
import { useBegin } from './useBegin.ts';
import styles from './FirstRun.module.css';

/** What it is, in three sentences and a picture; then one click. */
export default function FirstRun() {
  const begun = useBegin();
  const starting = useUnderWay('start');
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <ModeBadge mode="paper" />
        <ThemeSwitch />
      </header>
      <section className={styles.story} aria-labelledby="story">
        <h1 id="story" className={styles.title}>
          Earn funding, without betting on the price
        </h1>
        <ol className={styles.sentences}>
          <li>Phantom Arbiter buys SOL, and sells as much of it short as a perpetual future.</li>
          <li>When the price moves, what one leg gains the other loses: your account stays almost still.</li>
          <li>
            Those who are long pay those who are short, hour by hour, most of the time: that is funding, and
            it is yours.
          </li>
        </ol>
        <HedgePicture />
      </section>
      <section className={styles.card} aria-label="Begin">
        <p className={styles.paper}>
          You begin on paper: no wallet, no account, no real money. Nothing leaves this computer.
        </p>
        <StartForm begun={begun} starting={starting} />
        <Button
          variant="subtle"
          fullWidth
          loading={starting && begun.progress === null}
          disabled={starting}
          onClick={begun.skip}
        >
          Skip: start with $10,000, simulated
        </Button>
      </section>
    </div>
  );
}

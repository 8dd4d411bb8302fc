import { Duration } from '../../components/Duration.tsx';
import { Money } from '../../components/Money.tsx';
import { Quantity } from '../../components/Quantity.tsx';
import { StatTile } from '../../components/StatTile.tsx';
import { useFunding } from '../../live/liveStore.ts';
import { tileState, useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

/** What carries the position, and what the engine waits for. */
export function CollateralTiles() {
  const freshness = useFreshness();
  const total = useFunding((funding) => funding.totalCollateral);
  const free = useFunding((funding) => funding.freeCollateral);
  const maintenance = useFunding((funding) => funding.maintenanceMargin);
  const spot = useFunding((funding) => funding.spotSol);
  const perp = useFunding((funding) => funding.perpSol);
  const cooldown = useFunding((funding) => funding.cooldownRemainingMs);
  return (
    <section className={styles.tiles} aria-label="Collateral and legs">
      <StatTile
        label="Total collateral"
        value={<Money usd={total ?? null} />}
        hint="SOL at its weight"
        state={tileState(freshness, total)}
      />
      <StatTile
        label="Free collateral"
        value={<Money usd={free ?? null} />}
        hint="over initial margin"
        state={tileState(freshness, free)}
      />
      <StatTile
        label="Maintenance margin"
        value={<Money usd={maintenance ?? null} />}
        hint="liquidated below it"
        state={tileState(freshness, maintenance)}
      />
      <StatTile
        label="Spot leg"
        value={<Quantity size={spot ?? null} unit="SOL" signed />}
        hint="held long"
        state={tileState(freshness, spot)}
      />
      <StatTile
        label="Perpetual leg"
        value={<Quantity size={perp ?? null} unit="SOL" signed />}
        hint="SOL-PERP, short"
        state={tileState(freshness, perp)}
      />
      <StatTile
        label="Cooldown"
        value={cooldown === 0 ? 'Ready' : <Duration ms={cooldown ?? null} />}
        hint={cooldown === 0 ? 'to correct at once' : 'until the next correction'}
        state={tileState(freshness, cooldown)}
      />
    </section>
  );
}

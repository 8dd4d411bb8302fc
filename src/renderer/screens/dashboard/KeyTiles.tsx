import { Duration } from '../../components/Duration.tsx';
import { Figure } from '../../components/Figure.tsx';
import { Money } from '../../components/Money.tsx';
import { Percent } from '../../components/Percent.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { StatTile } from '../../components/StatTile.tsx';
import { useFunding } from '../../live/liveStore.ts';
import { tileState, useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

/** What a trader looks at first. Each tile listens to its own number only. */
export function KeyTiles() {
  return (
    <section className={styles.tiles} aria-label="Key figures">
      <EquityTile />
      <FundingNowTile />
      <FundingAverageTile />
      <BreakEvenTile />
      <LeverageTile />
      <PriceTile />
    </section>
  );
}

function EquityTile() {
  const equity = useFunding((funding) => funding.equity);
  const total = useFunding((funding) => funding.pnl.total);
  return (
    <StatTile
      label="Equity"
      value={<Money usd={equity ?? null} />}
      hint={
        <>
          <SignedNumber amount={total ?? null} unit="$" words={{ up: 'made', down: 'lost', zero: 'even' }} />{' '}
          with gas
        </>
      }
      state={tileState(useFreshness(), equity)}
    />
  );
}

function FundingNowTile() {
  const apr = useFunding((funding) => funding.fundingApr);
  const hourly = useFunding((funding) => funding.fundingRateHourly);
  return (
    <StatTile
      label="Funding now"
      value={<Percent percent={apr ?? null} signed per="p.a." />}
      hint={<Percent percent={hourly ?? null} of="fraction" decimals={4} signed per="an hour" />}
      state={tileState(useFreshness(), apr)}
    />
  );
}

function FundingAverageTile() {
  const average = useFunding((funding) => funding.fundingAverageApr);
  return (
    <StatTile
      label="Average funding"
      value={<Percent percent={average ?? null} signed per="p.a." />}
      hint={average === null ? 'no history yet' : 'by which it decides'}
      state={tileState(useFreshness(), average)}
    />
  );
}

function BreakEvenTile() {
  const breakEvenMs = useFunding((funding) => funding.breakEvenMs);
  const holds = useFunding((funding) => funding.positions.length > 0);
  const none = holds === true ? 'not at this rate' : 'no hedge';
  return (
    <StatTile
      label="Break-even"
      value={<Duration ms={breakEvenMs ?? null} none={none} />}
      hint="of the way in and out"
      state={tileState(useFreshness(), breakEvenMs)}
    />
  );
}

function LeverageTile() {
  const leverage = useFunding((funding) => funding.leverage);
  return (
    <StatTile
      label="Leverage"
      value={
        leverage === null ? (
          'infinite'
        ) : (
          <Figure amount={leverage ?? null} unit="x" decimals={2} signed={false} />
        )
      }
      hint={leverage === null ? 'equity is gone' : 'both legs to equity'}
      state={tileState(useFreshness(), leverage)}
    />
  );
}

function PriceTile() {
  const price = useFunding((funding) => funding.solPrice);
  return (
    <StatTile
      label="SOL"
      value={<Money usd={price ?? null} decimals={3} />}
      hint="oracle price"
      state={tileState(useFreshness(), price)}
    />
  );
}

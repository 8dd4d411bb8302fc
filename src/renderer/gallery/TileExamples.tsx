import { Money } from '../components/Money.tsx';
import { Percent } from '../components/Percent.tsx';
import { SignedNumber } from '../components/SignedNumber.tsx';
import { StatTile } from '../components/StatTile.tsx';
import { Grid, Section } from './Section.tsx';

export function TileExamples() {
  return (
    <Section title="Tiles">
      <Grid least={190}>
        <StatTile label="Equity" value={<Money usd="10304.340078" />} hint="2 s ago" />
        <StatTile label="Equity" value={<Money usd="10304.34" />} hint="loading" state="loading" />
        <StatTile label="Equity" value={<Money usd="10304.34" />} hint="from 14:02:11" state="stale" />
        <StatTile label="Equity" value={<Money usd={null} />} hint="no account yet" />
        <StatTile
          label="Total profit"
          value={<SignedNumber amount="-1135802458.01" unit="$" />}
          hint="since the start"
        />
        <StatTile label="Leverage" value={<Percent percent={1e21} />} hint="far too much" />
      </Grid>
    </Section>
  );
}

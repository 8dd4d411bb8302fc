import { BookLadder } from '../components/BookLadder.tsx';
import { CandleChart } from '../components/CandleChart.tsx';
import { ladderOf } from '../components/ladder.ts';
import { Panel } from '../components/Panel.tsx';
import { TradeTape } from '../components/TradeTape.tsx';
import { BOOK, CANDLES, NOW, TRADES } from './marketSamples.ts';
import { Grid, Section } from './Section.tsx';
import styles from './Gallery.module.css';

const ROWS = 6;
const OWN = new Set(['150.05']);
const ladder = ladderOf(BOOK, ROWS, OWN);
const looks = { room: ROWS, priceDecimals: 2, sizeDecimals: 1, onPick: () => undefined };
const ORDERS = [
  { id: 'buy', side: 'buy', price: '149.8', title: 'Buy 1.5', waits: false },
  { id: 'sell', side: 'sell', price: '151.2', title: 'Sell 2 waits', waits: true },
] as const;
const FILLS = [
  { id: 'bought', t: NOW - 40 * 60_000, side: 'buy' },
  { id: 'sold', t: NOW - 12 * 60_000, side: 'sell' },
] as const;
const STATES = [
  { name: 'drawn', candles: CANDLES },
  { name: 'none yet', candles: [] },
  { name: 'loading', candles: null },
];

export function MarketExamples() {
  return (
    <Section title="Market">
      <Grid least={230}>
        <Panel title="Book" level={3} flush>
          <BookLadder side="asks" rows={ladder.asks} {...looks} />
          <BookLadder side="bids" rows={ladder.bids} {...looks} />
        </Panel>
        <Panel title="Book, thin" level={3} flush>
          <BookLadder side="asks" rows={[]} {...looks} />
          <BookLadder side="bids" rows={ladder.bids.slice(0, 2)} {...looks} />
        </Panel>
        <Panel title="Tape" level={3} flush>
          <TradeTape trades={TRADES} priceDecimals={2} sizeDecimals={1} />
        </Panel>
      </Grid>
      <Grid least={420}>
        {STATES.map(({ name, candles }) => (
          <Panel key={name} title={`Candles, ${name}`} level={3}>
            <div className={styles.candles}>
              <CandleChart
                name="SOL-PERP, one minute a candle"
                candles={candles}
                orders={ORDERS}
                fills={FILLS}
                decimals={2}
                unit="SOL"
                onBeginning={() => undefined}
              />
            </div>
          </Panel>
        ))}
      </Grid>
    </Section>
  );
}

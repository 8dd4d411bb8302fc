import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { replyOf } from '../../api/apiError.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useConnectionKind, useStatus } from '../../live/liveStore.ts';
import { AccountStrip } from './AccountStrip.tsx';
import { BookPanel } from './BookPanel.tsx';
import { CandlePanel } from './CandlePanel.tsx';
import { LiveTradeNote } from './LiveTradeNote.tsx';
import { MarketHeader } from './MarketHeader.tsx';
import { useMarkets } from './marketSpec.ts';
import { TapePanel } from './TapePanel.tsx';
import { Ticket } from './Ticket.tsx';
import styles from './Trade.module.css';
import { TradeTabs } from './TradeTabs.tsx';
import { useSideKeys } from './useSideKeys.ts';
import { useStreams } from './useStreams.ts';

/** Levels of a side that are shown: where the window is wide, the book has a column of its own. */
const LEVELS = 8;
const LEVELS_WIDE = 13;
const WIDE = '(width >= 1630px)';

/** Trading by hand, while it is on paper. */
export default function Trade() {
  const isLive = useStatus(({ mode }) => mode === 'live') ?? false;
  return isLive ? <LiveTradeNote /> : <PaperTrade />;
}

/** On a sub-account of its own: the market, the ticket, and what came of it. */
function PaperTrade() {
  useStreams();
  useSideKeys();
  const wide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const { error, data } = useMarkets();
  const old = useConnectionKind() !== 'open';
  return (
    <div className={styles.trade}>
      <VisuallyHidden>
        <h1>Trade</h1>
      </VisuallyHidden>
      {error === null || data !== undefined ? null : (
        <Failure title="The markets could not be read" error={replyOf(error)} />
      )}
      <MarketHeader />
      <AccountStrip />
      <div className={styles.grid}>
        <div className={styles.candles} data-old={old || undefined}>
          <CandlePanel />
        </div>
        <div className={styles.depth} data-old={old || undefined}>
          <BookPanel rows={wide ? LEVELS_WIDE : LEVELS} />
          <TapePanel />
        </div>
        <div className={styles.ticket}>
          <Ticket />
        </div>
        <div className={styles.rest} data-old={old || undefined}>
          <TradeTabs />
        </div>
      </div>
    </div>
  );
}

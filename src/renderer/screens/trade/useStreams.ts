import { useEffect } from 'react';
import { useLive } from '../../live/liveStore.ts';
import { useStream } from '../../live/useStream.ts';
import { useMarkets } from './marketSpec.ts';
import { chooseMarket, ticketOfVault, useTicket } from './ticketStore.ts';
import { forgetAll, forgetMarket, TAKERS } from './tradeStore.ts';

/** Levels of a side: more than are shown, so that one that goes is followed by another at once. */
const DEPTH = 30;
const FIRST_CHOICE = 'SOL-PERP';

/** Everything that is live on the screen, for as long as it is shown. */
export function useStreams(): void {
  const market = useTicket((state) => state.market);
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const markets = useMarkets().data?.markets;
  useEffect(() => {
    if (markets === undefined || markets.some((one) => one.market === market)) return;
    const first = markets.find((one) => one.market === FIRST_CHOICE) ?? markets[0];
    if (first !== undefined) chooseMarket(first.market);
  }, [markets, market]);
  useEffect(() => forgetMarket, [market]);
  useEffect(() => ticketOfVault(vaultEpoch), [vaultEpoch]);
  useEffect(() => forgetAll, [vaultEpoch]);
  useStream(market === null ? null : { channel: 'book', market, depth: DEPTH }, TAKERS.book);
  useStream(market === null ? null : { channel: 'trades', market }, TAKERS.trades);
  useStream({ channel: 'account' }, TAKERS.account);
}

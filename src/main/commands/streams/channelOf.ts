import type { PayloadOf } from '../../../shared/contract/commands.ts';
import { AccountChannel } from './accountChannel.ts';
import { BookChannel } from './bookChannel.ts';
import { CandlesChannel } from './candlesChannel.ts';
import type { Channel } from './channel.ts';
import type { StreamSource } from './streamSource.ts';
import { TradesChannel } from './tradesChannel.ts';

/** What a client asks to be told. */
export type StreamRequest = PayloadOf<'SUBSCRIBE'>;

export function channelOf(request: StreamRequest, source: StreamSource): Channel {
  switch (request.channel) {
    case 'book':
      return new BookChannel(source, request.market, request.depth);
    case 'trades':
      return new TradesChannel(source, request.market);
    case 'candles':
      return new CandlesChannel(source, request.market, request.resolution);
    case 'account':
      return new AccountChannel(source);
  }
}

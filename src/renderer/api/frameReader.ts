import {
  engineStatusFrame,
  fundingUpdateFrame,
  marketDataFrame,
  resultFrame,
  type BroadcastFrame,
  type MarketDataFrame,
  type ResultFrame,
} from '../../shared/contract/frames.ts';

export type Reading =
  | { readonly kind: 'result'; readonly frame: ResultFrame }
  | { readonly kind: 'broadcast'; readonly frame: BroadcastFrame }
  | { readonly kind: 'marketData'; readonly frame: MarketDataFrame }
  /** Does not fit the contract: it is counted and not shown. */
  | { readonly kind: 'misfit' };

const MISFIT: Reading = { kind: 'misfit' };

/** Reads a frame. Its type picks the schema, so that each is checked against one only. */
export function readFrame(text: string): Reading {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return MISFIT;
  }
  if (typeof frame !== 'object' || frame === null || !('type' in frame)) return MISFIT;
  switch (frame.type) {
    case 'COMMAND_RESULT': {
      const result = resultFrame.safeParse(frame);
      return result.success ? { kind: 'result', frame: result.data } : MISFIT;
    }
    case 'FUNDING_UPDATE': {
      const update = fundingUpdateFrame.safeParse(frame);
      return update.success ? { kind: 'broadcast', frame: update.data } : MISFIT;
    }
    case 'ENGINE_STATUS': {
      const status = engineStatusFrame.safeParse(frame);
      return status.success ? { kind: 'broadcast', frame: status.data } : MISFIT;
    }
    case 'MARKET_DATA': {
      const data = marketDataFrame.safeParse(frame);
      return data.success ? { kind: 'marketData', frame: data.data } : MISFIT;
    }
    default:
      return MISFIT;
  }
}

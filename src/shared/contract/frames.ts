import { z } from 'zod';
import { engineStatusData } from './engineStatus.ts';
import { errorReply } from './errorReply.ts';
import { fundingUpdateData } from './fundingUpdate.ts';
import { marketDataBody } from './marketData.ts';

/** What a client sends. The payload is checked against its command's schema once the command is known. */
export const requestFrame = z.strictObject({
  id: z.uuid(),
  command: z.string().max(64),
  payload: z.unknown(),
});
export type RequestFrame = z.infer<typeof requestFrame>;

const answered = { type: z.literal('COMMAND_RESULT'), id: z.string(), command: z.string() };

/** What came of a command. Only the connection that asked gets it; the same bytes for the same id. */
export const resultFrame = z.discriminatedUnion('status', [
  z.strictObject({ ...answered, status: z.literal('ok'), data: z.unknown() }),
  z.strictObject({ ...answered, status: z.literal('error'), error: errorReply }),
  /** It takes longer; `ok` or `error` follows under the same id. */
  z.strictObject({ ...answered, status: z.literal('accepted'), operationId: z.string() }),
]);
export type ResultFrame = z.infer<typeof resultFrame>;

const numbered = {
  instanceId: z.string(),
  /** Rises by one a connection, counted when sent. */
  seq: z.number().int(),
  /** Wall time, Unix ms. */
  sentAt: z.number(),
  /** The engine's clock, Unix ms. */
  timestamp: z.number(),
};

export const fundingUpdateFrame = z.strictObject({
  type: z.literal('FUNDING_UPDATE'),
  ...numbered,
  data: fundingUpdateData,
});
export const engineStatusFrame = z.strictObject({
  type: z.literal('ENGINE_STATUS'),
  ...numbered,
  data: engineStatusData,
});

/** What a subscription carries, only on the connection that subscribed. */
export const marketDataFrame = z.strictObject({
  type: z.literal('MARKET_DATA'),
  subscriptionId: z.string(),
  /** Rises by one a subscription. */
  seq: z.number().int(),
  /** Wall time, Unix ms. */
  sentAt: z.number(),
  /** The market's clock, Unix ms. */
  timestamp: z.number(),
  data: marketDataBody,
});
export type MarketDataFrame = z.infer<typeof marketDataFrame>;

/** All that an engine says unasked. */
export const broadcastFrame = z.discriminatedUnion('type', [fundingUpdateFrame, engineStatusFrame]);
export type BroadcastFrame = z.infer<typeof broadcastFrame>;

/** All that a client hears after it has been let in. */
export const serverFrame = z.union([resultFrame, broadcastFrame, marketDataFrame]);
export type ServerFrame = z.infer<typeof serverFrame>;

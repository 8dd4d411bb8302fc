import { z } from 'zod';

const slot = z.int().nonnegative();

/** What comes over a node's socket, as far as it is listened to. */
const message = z.union([
  z.object({
    method: z.literal('accountNotification'),
    params: z.object({
      subscription: z.int(),
      result: z.object({ context: z.object({ slot }), value: z.unknown() }),
    }),
  }),
  z.object({
    method: z.literal('slotNotification'),
    params: z.object({ subscription: z.int(), result: z.object({ slot }) }),
  }),
  z.object({ id: z.int(), result: z.union([z.int(), z.boolean()]) }),
  z.object({ id: z.int(), error: z.object({ code: z.int(), message: z.string() }) }),
]);

export type SocketMessage = z.infer<typeof message>;

/** Undefined for what is none of it: a node may send anything. */
export function socketMessageOf(text: string): SocketMessage | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

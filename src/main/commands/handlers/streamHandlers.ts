import type { Handlers } from '../handlers.ts';

export const STREAM_HANDLERS: Pick<Handlers, 'SUBSCRIBE' | 'UNSUBSCRIBE'> = {
  SUBSCRIBE: (request, { streams }) => ({ subscriptionId: streams.open(request) }),
  UNSUBSCRIBE: ({ subscriptionId }, { streams }) => ({ closed: streams.close(subscriptionId) }),
};

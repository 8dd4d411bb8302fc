import type { CommandName } from '../../shared/contract/commands.ts';
import { ApiClient } from '../api/apiClient.ts';
import { pageTimers } from '../api/timers.ts';
import type { Transport } from '../api/transport.ts';
import { applyBatch } from './applyBatch.ts';
import { applySnapshot } from './applySnapshot.ts';
import { BroadcastQueue, pageFrame } from './broadcastQueue.ts';
import { NEWS_TYPES, withEvents } from './eventRing.ts';
import type { LiveOperation, LiveState } from './liveState.ts';
import { useLive } from './liveStore.ts';

/** How many lines a snapshot is followed by: what was missed, and enough to read. */
const EVENTS_AT_FIRST = 200;

/** Connects a page to the program: what is heard goes into the store. */
export function beginSession(transport: Transport): ApiClient {
  const { setState, getState } = useLive;
  const queue = new BroadcastQueue(pageFrame, (batch) =>
    setState((state) => applyBatch(state, batch, pageTimers.now())),
  );
  const client: ApiClient = new ApiClient(transport, pageTimers, () => crypto.randomUUID(), {
    connection: (connection) => setState({ connection }),
    snapshot: (snapshot) => {
      queue.flush();
      setState((state) => applySnapshot(state, snapshot, pageTimers.now()));
      void readEvents();
    },
    broadcast: (frame) => queue.add(frame),
    misfit: () => setState(({ misfits }) => ({ misfits: misfits + 1 })),
    accepted: (operationId, command) =>
      setState(({ operations }) => ({ operations: begun(operations, operationId, command) })),
    slow: (id, command) => setState(({ slow }) => ({ slow: { ...slow, [id]: command } })),
    settled: (id, operationId) => setState((state) => withoutSettled(state, id, operationId)),
  });

  /** The tail of the event log. What comes in meanwhile is kept; what the page had before may be of another vault. */
  async function readEvents(): Promise<void> {
    const { snapshots, vaultEpoch } = getState();
    const newest = getState().events[0]?.seq ?? 0;
    try {
      const [latest, news] = await Promise.all([
        client.send('GET_EVENTS', { limit: EVENTS_AT_FIRST }),
        client.send('GET_EVENTS', { limit: EVENTS_AT_FIRST, types: [...NEWS_TYPES] }),
      ]);
      const events = withEvents(news.events, latest.events);
      queue.flush();
      setState((state) => {
        if (state.snapshots !== snapshots) return state;
        if (state.vaultEpoch !== vaultEpoch) return { events: withEvents(state.events, events) };
        const meanwhile = state.events.filter(({ seq }) => seq > newest);
        return { events: withEvents(events, meanwhile.toReversed()) };
      });
    } catch {
      // The Events screen asks for itself and shows why it gets nothing.
    }
  }

  window.addEventListener('online', () => client.hurry());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) client.hurry();
  });
  client.start();
  return client;
}

function begun(
  operations: LiveState['operations'],
  operationId: string,
  command: CommandName,
): LiveState['operations'] {
  const operation: LiveOperation = { operationId, command, progress: null };
  return { ...operations, [operationId]: operations[operationId] ?? operation };
}

function withoutSettled(state: LiveState, id: string, operationId: string | undefined): Partial<LiveState> {
  if (operationId === undefined && state.slow[id] === undefined) return state;
  const { [id]: _answered, ...slow } = state.slow;
  const { [operationId ?? '']: _ended, ...operations } = state.operations;
  return { slow, operations };
}

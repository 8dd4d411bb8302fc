import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import type { CommandName } from '../../shared/contract/commands.ts';
import { ApiClient } from '../api/apiClient.ts';
import { replyOf } from '../api/apiError.ts';
import { pageTimers } from '../api/timers.ts';
import type { Transport } from '../api/transport.ts';
import { applyBatch } from './applyBatch.ts';
import { applySnapshot } from './applySnapshot.ts';
import { BroadcastQueue, pageFrame } from './broadcastQueue.ts';
import { FILLS_AT_FIRST, wholeDownTo, withEvents, type EventRing } from './eventRing.ts';
import { withConfirmations } from './liveDesk.ts';
import type { LiveOperation, LiveState } from './liveState.ts';
import { useLive } from './liveStore.ts';

/** How many lines a snapshot is followed by: what was missed, and enough to read. */
const EVENTS_AT_FIRST = 200;
/** Most decisions are single orders, which aren't news. */
const DECISIONS_AT_FIRST = 500;
/** Lines that may have been missed before everything is read anew instead. */
const MISSED_AT_MOST = 500;

/**
 * Connects a page to the program: what is heard goes into the store.
 * @param byHand is told of what was blocked, or has to be known, of what is traded by hand
 */
export function beginSession(transport: Transport, byHand: (entry: EventEntry) => void): ApiClient {
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
      void readDesk();
    },
    broadcast: (frame) => {
      queue.add(frame);
      if (frame.type === 'ENGINE_STATUS' && frame.data.event?.kind === 'byHand')
        byHand(frame.data.event.entry);
      // The settings and much else may be others with another vault, and with another kind of money.
      const isAnother =
        frame.type === 'ENGINE_STATUS' &&
        (frame.data.event?.kind === 'vault' ||
          (frame.data.mode === 'live' && getState().engines.funding?.status.mode === 'paper'));
      if (isAnother) client.refresh();
    },
    misfit: () => setState(({ misfits }) => ({ misfits: misfits + 1 })),
    accepted: (operationId, command) =>
      setState(({ operations }) => ({ operations: begun(operations, operationId, command) })),
    slow: (id, command) => setState(({ slow }) => ({ slow: { ...slow, [id]: command } })),
    unsent: (unsent) => setState({ unsent }),
    settled: (id, operationId) => setState((state) => withoutSettled(state, id, operationId)),
  });

  /** The newest line up to which the log was read, and of which vault: what is only heard may have gaps before it. */
  let readUpTo: { readonly vaultEpoch: number; readonly entry: EventEntry } | undefined;

  /** What a snapshot may have been preceded by and was not heard; the whole tail where nothing is known yet. */
  async function readEvents(): Promise<void> {
    const { snapshots, vaultEpoch, events } = getState();
    const isLatest = (): boolean =>
      getState().snapshots === snapshots && getState().vaultEpoch === vaultEpoch;
    try {
      const known = wholeUpTo(events, vaultEpoch);
      const { isAnother, missed } = await since(known);
      if (!isLatest()) return;
      if (missed !== undefined) {
        queue.flush();
        if (getState().vaultEpoch !== vaultEpoch) return;
        setState((state) => ({ events: withEvents(state.events, missed) }));
        const entry = missed.at(-1) ?? known;
        if (entry !== undefined) readUpTo = { vaultEpoch, entry };
        return;
      }
      const tail = await readTail();
      if (!isLatest()) return;
      queue.flush();
      // A reset that came with the flush: what was read may be of the vault before it.
      if (getState().vaultEpoch !== vaultEpoch) return;
      setState((state) => {
        const newest = events[0]?.seq ?? 0;
        const meanwhile = state.events.filter(({ seq }) => seq > newest);
        // What was read of another vault than the one that is there now no longer holds.
        return {
          events: withEvents(tail, isAnother ? [] : meanwhile.toReversed()),
          vaultEpoch: isAnother ? state.vaultEpoch + 1 : state.vaultEpoch,
        };
      });
      const entry = tail[0];
      readUpTo = entry === undefined ? undefined : { vaultEpoch: getState().vaultEpoch, entry };
    } catch {
      // The Events screen asks for itself and shows why it gets nothing.
    }
  }

  /** What a live engine waits for, and what it has found: told once, and not to whoever came later. */
  async function readDesk(): Promise<void> {
    const { snapshots, engines } = getState();
    if (engines.funding?.status.mode !== 'live') return;
    const isLatest = (): boolean =>
      getState().snapshots === snapshots && getState().engines.funding?.status.mode === 'live';
    const [waiting, found] = await Promise.allSettled([
      client.send('GET_CONFIRMATIONS', {}),
      client.send('GET_DIFFERENCES', { engine: 'funding' }),
    ]);
    queue.flush();
    if (!isLatest()) return;
    setState(({ desk }) => {
      const next =
        waiting.status === 'fulfilled'
          ? withConfirmations(desk, waiting.value)
          : { ...desk, unread: replyOf(waiting.reason) };
      return { desk: found.status === 'fulfilled' ? { ...next, found: found.value.differences } : next };
    });
  }

  /** The newest line up to which nothing is missing; undefined where the log of this vault has not been read yet. */
  function wholeUpTo(events: EventRing, vaultEpoch: number): EventEntry | undefined {
    if (readUpTo?.vaultEpoch !== vaultEpoch) return undefined;
    return wholeDownTo(events) <= readUpTo.entry.seq + 1 ? events[0] : readUpTo.entry;
  }

  /** The lines after one that is known, if they are few. One that isn't in the log as it was is of another vault. */
  async function since(known: EventEntry | undefined): Promise<Since> {
    if (known === undefined) return { isAnother: false };
    const after = known.seq - 1;
    const { events, more } = await client.send('GET_EVENTS', { after, limit: MISSED_AT_MOST });
    if (!isSame(events[0], known)) return { isAnother: true };
    return more ? { isAnother: false } : { isAnother: false, missed: events.slice(1) };
  }

  /** The newest lines, and of each kind of news enough: one large entry makes thousands of fills, orders and costs. */
  async function readTail(): Promise<EventRing> {
    const limit = EVENTS_AT_FIRST;
    const pages = await Promise.all([
      client.send('GET_EVENTS', { limit: DECISIONS_AT_FIRST, types: ['DECISION'] }),
      client.send('GET_EVENTS', { limit, types: ['BLOCKED', 'ALERT', 'TRANSFER'] }),
      client.send('GET_EVENTS', { limit, types: ['COST'], search: 'liquidation' }),
      client.send('GET_EVENTS', { limit: FILLS_AT_FIRST, types: ['FILL'] }),
      client.send('GET_EVENTS', { limit }),
    ]);
    return withEvents(
      [],
      pages.flatMap(({ events }) => events),
    );
  }

  window.addEventListener('online', () => client.hurry());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) client.hurry();
  });
  client.start();
  return client;
}

interface Since {
  readonly isAnother: boolean;
  readonly missed?: readonly EventEntry[];
}

const isSame = (a: EventEntry | undefined, b: EventEntry | undefined): boolean =>
  a !== undefined && b !== undefined && a.seq === b.seq && a.t === b.t && a.type === b.type;

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

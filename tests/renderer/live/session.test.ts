import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Listeners } from '../../../src/renderer/api/listeners.ts';
import type { ConnectionState, Transport } from '../../../src/renderer/api/transport.ts';
import { FIRST_STATE } from '../../../src/renderer/live/liveState.ts';
import { useLive } from '../../../src/renderer/live/liveStore.ts';
import { beginSession } from '../../../src/renderer/live/session.ts';
import type { EventEntry } from '../../../src/shared/contract/eventEntry.ts';
import { entry, SNAPSHOT, statusFrame } from '../samples.ts';

interface Asked {
  readonly id: string;
  readonly command: string;
  readonly payload: { readonly after?: number; readonly limit: number; readonly types?: string[] };
}

/** A program that answers at once out of a log. */
class Program implements Transport {
  state: ConnectionState = { kind: 'connecting' };
  /** Oldest first. */
  log: EventEntry[] = [];
  asked: Asked[] = [];
  readonly #texts = new Listeners<string>();
  readonly #states = new Listeners<ConnectionState>();

  connect(): void {
    this.state = { kind: 'open' };
    this.#states.tell(this.state);
  }
  send(text: string): boolean {
    const asked = JSON.parse(text) as Asked;
    this.asked.push(asked);
    const { id, command } = asked;
    const data = command === 'GET_STATUS' ? SNAPSHOT : this.#page(asked.payload);
    queueMicrotask(() => this.say({ type: 'COMMAND_RESULT', id, command, status: 'ok', data }));
    return true;
  }
  #page({ after, limit, types }: Asked['payload']): unknown {
    const fits = this.log.filter(
      ({ seq, type }) => seq > (after ?? 0) && (types === undefined || types.includes(type)),
    );
    const events = after === undefined ? fits.toReversed().slice(0, limit) : fits.slice(0, limit);
    return { events, more: fits.length > limit };
  }
  say(frame: unknown): void {
    this.#texts.tell(JSON.stringify(frame));
  }
  onText(listener: (text: string) => void): () => void {
    return this.#texts.add(listener);
  }
  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#states.add(listener);
  }
  hurry(): void {
    // It is there already.
  }
  drop(): void {
    // It never goes silent.
  }
  close(): void {
    // It stays.
  }
}

const logOf = (count: number): EventEntry[] => Array.from({ length: count }, (_, i) => entry(i + 1));
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 10);
  });
const seqs = (): number[] => useLive.getState().events.map(({ seq }) => seq);

let program: Program;

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('requestAnimationFrame', (call: () => void) => setTimeout(call, 1));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
  useLive.setState(FIRST_STATE, true);
  program = new Program();
  program.log = logOf(5);
});

describe('after another snapshot', () => {
  test('only what was missed is read, and what is known stays what it is', async () => {
    const client = beginSession(program, vi.fn());
    await settle();
    expect(seqs()).toEqual([5, 4, 3, 2, 1]);
    const before = useLive.getState().events;
    program.asked = [];
    client.refresh();
    await settle();
    expect(useLive.getState().events).toBe(before);
    expect(program.asked.map(({ command }) => command)).toEqual(['GET_STATUS', 'GET_EVENTS']);
    program.log = logOf(7);
    client.refresh();
    await settle();
    expect(seqs()).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(useLive.getState().events[2]).toBe(before[0]);
    expect(useLive.getState().vaultEpoch).toBe(0);
  });

  test('lines that were missed before one that was heard are read too', async () => {
    const client = beginSession(program, vi.fn());
    await settle();
    program.log = logOf(9);
    program.say(statusFrame(14, { kind: 'log', entry: entry(9) }));
    await settle();
    client.refresh();
    await settle();
    expect(seqs()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('lines that were heard before the log was read do not keep it from being read', async () => {
    beginSession(program, vi.fn());
    program.log = logOf(6);
    program.say(statusFrame(11, { kind: 'log', entry: entry(6) }));
    await settle();
    expect(seqs()).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test('a vault that was changed unheard replaces what was known', async () => {
    const client = beginSession(program, vi.fn());
    await settle();
    program.log = logOf(2).map((line) => ({ ...line, t: line.t + 99 }));
    client.refresh();
    await settle();
    expect(useLive.getState().events).toEqual(program.log.toReversed());
    expect(useLive.getState().vaultEpoch).toBe(1);
  });

  test('more than is worth catching up on is read from the end', async () => {
    const client = beginSession(program, vi.fn());
    await settle();
    program.log = logOf(2_000);
    client.refresh();
    await settle();
    expect(seqs()[0]).toBe(2_000);
    expect(useLive.getState().vaultEpoch).toBe(0);
  });
});

test('another vault is followed by a snapshot', async () => {
  beginSession(program, vi.fn());
  await settle();
  program.asked = [];
  program.log = logOf(3);
  program.say(statusFrame(11, { kind: 'vault', reason: 'restored' }));
  program.say(statusFrame(12, { kind: 'log', entry: entry(3) }));
  await settle();
  expect(program.asked[0]?.command).toBe('GET_STATUS');
  expect(seqs()).toEqual([3, 2, 1]);
  expect(useLive.getState().vaultEpoch).toBe(1);
});

test('what was blocked of a trade by hand is told once, and is no line of the engine’s log', async () => {
  const byHand = vi.fn();
  beginSession(program, byHand);
  await settle();
  program.say(statusFrame(11, { kind: 'byHand', entry: entry(9, 'BLOCKED') }));
  await settle();
  expect(byHand.mock.calls).toEqual([[entry(9, 'BLOCKED')]]);
  expect(seqs()).toEqual([5, 4, 3, 2, 1]);
});

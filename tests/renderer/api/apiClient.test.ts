import { beforeEach, describe, expect, test } from 'vitest';
import { ApiClient, SLOW_AFTER_MS, WAITS_FOR_MS, type ApiEars } from '../../../src/renderer/api/apiClient.ts';
import { ApiError } from '../../../src/renderer/api/apiError.ts';
import { Listeners } from '../../../src/renderer/api/listeners.ts';
import type { ConnectionState, Transport } from '../../../src/renderer/api/transport.ts';
import { SNAPSHOT, STATUS, updateFrame } from '../samples.ts';
import { ManualTimers } from './manualTimers.ts';

interface Sent {
  readonly id: string;
  readonly command: string;
}

class FakeTransport implements Transport {
  state: ConnectionState = { kind: 'connecting' };
  sent: Sent[] = [];
  drops = 0;
  readonly #texts = new Listeners<string>();
  readonly #states = new Listeners<ConnectionState>();

  connect(): void {
    this.become({ kind: 'open' });
  }
  send(text: string): boolean {
    if (this.state.kind !== 'open') return false;
    this.sent.push(JSON.parse(text) as Sent);
    return true;
  }
  onText(listener: (text: string) => void): () => void {
    return this.#texts.add(listener);
  }
  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#states.add(listener);
  }
  hurry(): void {
    this.connect();
  }
  drop(): void {
    this.drops += 1;
    this.become({ kind: 'lost', since: 0 });
  }
  close(): void {
    this.become({ kind: 'lost', since: 0 });
  }
  become(state: ConnectionState): void {
    this.state = state;
    this.#states.tell(state);
  }
  say(frame: unknown): void {
    this.#texts.tell(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }
  /** Answers the latest command of a name. */
  answer(command: string, data: unknown): void {
    this.say({ type: 'COMMAND_RESULT', id: this.last(command).id, command, status: 'ok', data });
  }
  last(command: string): Sent {
    const found = this.sent.findLast((one) => one.command === command);
    if (found === undefined) throw new Error(`${command} was not sent`);
    return found;
  }
  names(): string[] {
    return this.sent.map(({ command }) => command);
  }
}

let transport: FakeTransport;
let timers: ManualTimers;
let told: string[];
let client: ApiClient;

const ears: ApiEars = {
  connection: ({ kind }) => told.push(kind),
  snapshot: ({ seq }) => told.push(`snapshot ${seq}`),
  broadcast: ({ seq }) => told.push(`broadcast ${seq}`),
  misfit: () => told.push('misfit'),
  accepted: (operationId, command) => told.push(`accepted ${command} ${operationId}`),
  slow: (_id, command) => told.push(`slow ${command}`),
  settled: (_id, operationId) => told.push(`settled ${operationId ?? ''}`),
  unsent: (commands) => told.push(`unsent ${commands.join(' ')}`),
};

beforeEach(() => {
  transport = new FakeTransport();
  timers = new ManualTimers();
  told = [];
  let ids = 0;
  const newId = (): string => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
  client = new ApiClient(transport, timers, newId, ears);
  client.start();
});

const refuse = (command: string, code: string): void =>
  transport.say({
    type: 'COMMAND_RESULT',
    id: transport.last(command).id,
    command,
    status: 'error',
    error: { code, message: 'No.', details: {} },
  });
const lose = (): void => transport.become({ kind: 'lost', since: 1 });
const reopen = (): void => {
  transport.sent = [];
  transport.become({ kind: 'open' });
};

describe('a connection', () => {
  test('begins with a snapshot, before anything else is sent', () => {
    void client.send('GET_ALL_VAULTS', {});
    expect(transport.names()).toEqual(['GET_STATUS']);
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS', 'GET_ALL_VAULTS']);
    expect(told).toContain('snapshot 10');
  });

  test('that comes back sends what had no answer again under the same id, once', async () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    const started = client.send('START_ENGINE', { engine: 'funding', mode: 'paper' });
    const { id } = transport.last('START_ENGINE');
    lose();
    reopen();
    expect(transport.names()).toEqual(['GET_STATUS']);
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.sent.filter(({ command }) => command === 'START_ENGINE')).toEqual([
      expect.objectContaining({ id }),
    ]);
    client.refresh();
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names().filter((name) => name === 'START_ENGINE')).toHaveLength(1);
    transport.answer('START_ENGINE', { status: STATUS });
    expect(await started).toEqual({ status: STATUS });
    lose();
    reopen();
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS']);
  });

  test('that is not there yet keeps commands, SOS too, until it is', () => {
    lose();
    void client.send('SOS', { flatten: false });
    reopen();
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS', 'SOS']);
  });

  test('on which a number is missing is followed by a snapshot, asked for once', () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    transport.say(updateFrame(11));
    transport.say(updateFrame(12));
    expect(transport.names()).toEqual(['GET_STATUS']);
    transport.say(updateFrame(15));
    transport.say(updateFrame(18));
    expect(transport.names()).toEqual(['GET_STATUS', 'GET_STATUS']);
    transport.answer('GET_STATUS', { ...SNAPSHOT, seq: 18 });
    transport.say(updateFrame(19));
    expect(transport.names()).toHaveLength(2);
  });

  test('that goes silent is asked whether it lives, then given up', () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    timers.pass(2_500);
    expect(transport.names()).toEqual(['GET_STATUS', 'GET_STATUS']);
    transport.answer('GET_STATUS', SNAPSHOT);
    timers.pass(2_500);
    expect(transport.names()).toHaveLength(3);
    expect(transport.drops).toBe(0);
    timers.pass(2_500);
    expect(transport.drops).toBe(1);
  });

  test('on which the snapshot fails asks for it again, and sends what waits once it has come', () => {
    void client.send('GET_ALL_VAULTS', {});
    refuse('GET_STATUS', 'RATE_LIMITED');
    timers.pass(249);
    expect(transport.names()).toEqual(['GET_STATUS']);
    timers.pass(1);
    expect(transport.names()).toEqual(['GET_STATUS', 'GET_STATUS']);
    expect(told).not.toContain('misfit');
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS', 'GET_STATUS', 'GET_ALL_VAULTS']);
  });

  test('whose snapshot never fits is asked ever more slowly, and says so once', () => {
    transport.answer('GET_STATUS', {});
    for (const delay of [250, 500, 1_000]) {
      timers.pass(delay);
      transport.answer('GET_STATUS', {});
    }
    expect(transport.names()).toHaveLength(4);
    expect(told.filter((one) => one === 'misfit')).toHaveLength(1);
  });
});

describe('while the connection is lost', () => {
  beforeEach(() => transport.answer('GET_STATUS', SNAPSHOT));

  test('nothing that changes anything waits for it, and what reads does', async () => {
    lose();
    await expect(client.send('START_ENGINE', { engine: 'funding', mode: 'paper' })).rejects.toThrow(
      'START_ENGINE was not sent',
    );
    void client.send('GET_ALL_VAULTS', {});
    reopen();
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS', 'GET_ALL_VAULTS']);
  });

  test('SOS and stopping wait however long it takes, and are said to wait', () => {
    lose();
    void client.send('STOP_ENGINE', { engine: 'funding' });
    void client.send('SOS', { flatten: true });
    expect(told.at(-1)).toBe('unsent STOP_ENGINE SOS');
    timers.pass(10 * WAITS_FOR_MS);
    reopen();
    expect(told).not.toContain('unsent ');
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS', 'STOP_ENGINE', 'SOS']);
    expect(told.at(-1)).toBe('unsent ');
  });

  test('an act without an answer is given up after a minute, and not done then', async () => {
    const asked = client.send('START_ENGINE', { engine: 'funding', mode: 'paper' });
    lose();
    timers.pass(WAITS_FOR_MS);
    await expect(asked).rejects.toMatchObject({ reply: { code: 'OUTCOME_UNKNOWN' } });
    reopen();
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.names()).toEqual(['GET_STATUS']);
  });
});

test('an act from before the first connection is given up after a minute too', async () => {
  const asked = client.send('START_ENGINE', { engine: 'funding', mode: 'paper' });
  timers.pass(WAITS_FOR_MS);
  await expect(asked).rejects.toThrow('was not sent');
});

describe('a command', () => {
  test('that does not fit the contract is not sent', async () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    const refused = client.send('SET_CLOCK', { speed: -1 });
    await expect(refused).rejects.toMatchObject({ reply: { code: 'INVALID_PAYLOAD' } });
    expect(transport.names()).toEqual(['GET_STATUS']);
  });

  test('whose answer does not fit is refused, and counted', async () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    const asked = client.send('GET_ALL_VAULTS', {});
    transport.answer('GET_ALL_VAULTS', { vaults: 'many' });
    await expect(asked).rejects.toBeInstanceOf(ApiError);
    expect(told).toContain('misfit');
  });

  test('that is refused says why', async () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    const asked = client.send('STOP_ENGINE', { engine: 'funding' });
    const { id } = transport.last('STOP_ENGINE');
    const error = { code: 'ENGINE_NOT_RUNNING', message: 'The engine is not running.', details: {} };
    transport.say({ type: 'COMMAND_RESULT', id, command: 'STOP_ENGINE', status: 'error', error });
    await expect(asked).rejects.toMatchObject({ reply: error });
  });

  test('that is accepted goes on as an operation, and ends under its own id', async () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    const asked = client.send('BACKUP', {});
    const { id } = transport.last('BACKUP');
    transport.say({ type: 'COMMAND_RESULT', id, command: 'BACKUP', status: 'accepted', operationId: 'op1' });
    expect(told).toContain('accepted BACKUP op1');
    const backup = { backup: 'b', t: 1, bytes: 2, reason: 'asked' };
    transport.answer('BACKUP', backup);
    expect(await asked).toEqual(backup);
    expect(told).toContain('settled op1');
  });

  test('without an answer for 5 s is said to take longer, and no longer once it has one', async () => {
    transport.answer('GET_STATUS', SNAPSHOT);
    const asked = client.send('REQUEST_SYNC', {});
    timers.pass(SLOW_AFTER_MS - 1);
    expect(told).not.toContain('slow REQUEST_SYNC');
    timers.pass(1);
    expect(told).toContain('slow REQUEST_SYNC');
    transport.answer('REQUEST_SYNC', { syncedAt: 1, vaults: 1 });
    await asked;
    expect(told.at(-1)).toBe('settled ');
  });
});

describe('a frame that does not fit the contract', () => {
  test.each(['', 'null', '[]', '{"type":"MARKET_DATA"}', '{"type":"FUNDING_UPDATE","data":{}}'])(
    '%s is counted and not shown',
    (text) => {
      transport.say(text);
      expect(told.at(-1)).toBe('misfit');
      expect(told.filter((one) => one.startsWith('broadcast'))).toEqual([]);
    },
  );
});

describe('streams', () => {
  const request = { channel: 'trades', market: 'SOL-PERP' } as const;
  const tradesFrame = (subscriptionId: string, seq: number) => ({
    type: 'MARKET_DATA',
    subscriptionId,
    seq,
    sentAt: 1,
    timestamp: 1,
    data: { channel: 'trades', kind: 'snapshot', market: 'SOL-PERP', trades: [] },
  });

  test('are opened after the first snapshot, heard, and opened anew with the next connection', () => {
    const heard: string[] = [];
    client.subscribe(request, { body: ({ channel }) => heard.push(channel), failed: () => undefined });
    expect(transport.names()).toEqual(['GET_STATUS']);
    transport.answer('GET_STATUS', SNAPSHOT);
    transport.answer('SUBSCRIBE', { subscriptionId: 'a' });
    transport.say(tradesFrame('a', 1));
    expect(heard).toEqual(['trades']);

    const first = transport.last('SUBSCRIBE').id;
    transport.become({ kind: 'lost', since: 0 });
    transport.become({ kind: 'open' });
    transport.answer('GET_STATUS', SNAPSHOT);
    expect(transport.last('SUBSCRIBE').id).not.toBe(first);
    transport.answer('SUBSCRIBE', { subscriptionId: 'b' });
    transport.say(tradesFrame('a', 2));
    transport.say(tradesFrame('b', 1));
    expect(heard).toEqual(['trades', 'trades']);
    expect(told).not.toContain('misfit');
  });

  test('that carry what does not fit the contract are counted as misfits', () => {
    transport.say({ ...tradesFrame('a', 1), data: { channel: 'nonsense' } });
    expect(told).toContain('misfit');
  });
});

import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { COMMANDS, type CommandName } from '../../../src/shared/contract/commands.ts';
import { newRig, type ProgramRig } from '../../support/programRig.ts';
import { COMMAND_NAMES, SAMPLES } from '../../support/samplePayloads.ts';

/** Commands that this version serves. All others wait for what they need. */
const SERVED: readonly CommandName[] = [
  'START_ENGINE',
  'STOP_ENGINE',
  'RESTART_ENGINE',
  'UPDATE_CONFIG',
  'GET_STATUS',
  'REQUEST_SYNC',
  'SOS',
  'RELEASE_SOS',
  'SET_CLOCK',
  'GET_OPERATION',
  'CANCEL_OPERATION',
  'GET_ALL_VAULTS',
  'GET_ENGINE_VAULT',
  'GET_LEDGER',
  'GET_EQUITY_CURVE',
  'VAULT_SYNC',
  'VAULT_RESET',
  'DRIFT_DEPOSIT',
  'DRIFT_WITHDRAW',
  'DRIFT_OPEN_POSITION',
  'DRIFT_CLOSE_POSITION',
  'DRIFT_SETTLE_PNL',
  'PLACE_ORDER',
  'PREVIEW_ORDER',
  'MODIFY_ORDER',
  'CANCEL_ORDER',
  'CANCEL_ALL_ORDERS',
  'GET_OPEN_ORDERS',
  'GET_ORDER',
  'GET_ORDER_HISTORY',
  'GET_FILLS',
  'GET_TRADING_STATS',
  'GET_TRADING_ACCOUNT',
  'GET_MARKETS',
  'GET_ORDERBOOK',
  'GET_TRADES',
  'GET_CANDLES',
  'GET_MARKET_STATS',
  'GET_FUNDING_HISTORY',
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'RUN_BACKTEST',
  'GET_SETTINGS',
  'UPDATE_SETTINGS',
  'GET_EVENTS',
  'GET_SYSTEM_STATS',
  'EXPORT_HISTORY',
  'BACKUP',
  'LIST_BACKUPS',
  'RESTORE',
  'IMPORT_MARKET_FILE',
  'CHECK_LIVE',
  'CONFIRM_TRADE',
  'DECLINE_TRADE',
  'GET_CONFIRMATIONS',
  'GRANT_STANDING_CONFIRMATION',
  'REVOKE_STANDING_CONFIRMATION',
  'GET_DIFFERENCES',
  'ACCEPT_DIFFERENCES',
  'CREATE_SUBACCOUNT',
  'LIST_SUBACCOUNTS',
  'GET_WALLETS',
  'OPEN_WALLET_WINDOW',
  'WATCH_ADDRESS',
  'RENAME_WALLET',
  'SELECT_WALLET',
  'REMOVE_WALLET',
  'LOCK_WALLET',
];
const LATER = COMMAND_NAMES.filter((name) => !SERVED.includes(name));
/** Nobody listens there: what would be asked of a node fails at once. */
const NO_NODE = { 'live.endpoints': 'http://127.0.0.1:9' };

type Payload = Readonly<Record<string, unknown>>;

/** A field of a command, and a payload that its schema takes and that has the field. */
interface Field {
  readonly name: CommandName;
  readonly field: string;
  readonly schema: z.ZodType;
  readonly sample: Payload;
}

/** A payload for every channel of a stream. */
const STREAMS: Readonly<Record<string, Payload>> = {
  book: { channel: 'book', market: 'SOL-PERP', depth: 10 },
  trades: { channel: 'trades', market: 'SOL-PERP' },
  candles: { channel: 'candles', market: 'SOL-PERP', resolution: '1h' },
  account: { channel: 'account' },
};

const fieldsOf = (name: CommandName, { shape }: z.ZodObject, sample: Payload): readonly Field[] =>
  Object.entries(shape).map(([field, schema]) => ({ name, field, schema: schema as z.ZodType, sample }));

/** Every field of every command, a stream's for each of its channels. */
const FIELDS = COMMAND_NAMES.flatMap((name): readonly Field[] => {
  const { payload } = COMMANDS[name];
  if (!(payload instanceof z.ZodDiscriminatedUnion))
    return fieldsOf(name, payload as z.ZodObject, SAMPLES[name]);
  return payload.options.flatMap((option) => {
    const { channel } = (option as z.ZodObject).shape as { readonly channel: z.ZodLiteral<string> };
    return fieldsOf(name, option as z.ZodObject, STREAMS[channel.value] ?? {});
  });
});

const takes = ({ schema }: Field, value: unknown): boolean => schema.safeParse(value).success;

/** Texts and numbers at the edges of what some field takes, and beyond. */
const EDGES: readonly unknown[] = [
  null,
  '',
  ' ',
  '0',
  '-1',
  '1e5',
  '1,5',
  '0x10',
  'NaN',
  '12.',
  '.5',
  '9'.repeat(41),
  'x'.repeat(100_001),
  -1,
  0,
  0.5,
  3_601,
  65_536,
  1e21,
  -1e21,
  Number.MAX_SAFE_INTEGER + 1,
  true,
  [],
  [null],
  {},
  { kind: 'simulated' },
  { kind: 'simulated', seed: -1 },
  { kind: 'simulated', seed: 1, more: 1 },
  { kind: 'recorded', candles: 'abc', funding: 'abc' },
  { constructor: 1 },
];

/** What the program keeps, all of it. */
const keptBy = (rig: ProgramRig): string =>
  JSON.stringify(
    rig
      .rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .map(({ name }) => [name, rig.rows(`SELECT * FROM ${String(name)}`)]),
  );

describe('the command set', () => {
  it('has every command of the design', () => {
    expect(COMMAND_NAMES.toSorted()).toEqual(
      `START_ENGINE STOP_ENGINE RESTART_ENGINE UPDATE_CONFIG GET_STATUS REQUEST_SYNC SOS RELEASE_SOS SET_CLOCK
       GET_OPERATION CANCEL_OPERATION GET_ALL_VAULTS GET_ENGINE_VAULT GET_LEDGER GET_EQUITY_CURVE VAULT_SYNC VAULT_RESET
       DRIFT_DEPOSIT DRIFT_WITHDRAW DRIFT_OPEN_POSITION DRIFT_CLOSE_POSITION DRIFT_SETTLE_PNL
       CHECK_LIVE CONFIRM_TRADE DECLINE_TRADE GET_CONFIRMATIONS GRANT_STANDING_CONFIRMATION REVOKE_STANDING_CONFIRMATION
       GET_DIFFERENCES ACCEPT_DIFFERENCES
       PLACE_ORDER PREVIEW_ORDER MODIFY_ORDER CANCEL_ORDER CANCEL_ALL_ORDERS GET_OPEN_ORDERS GET_ORDER
       GET_ORDER_HISTORY GET_FILLS GET_TRADING_STATS GET_TRADING_ACCOUNT GET_MARKETS GET_ORDERBOOK GET_TRADES GET_CANDLES GET_MARKET_STATS GET_FUNDING_HISTORY
       SUBSCRIBE UNSUBSCRIBE GET_PORTFOLIO GET_RISK_METRICS GET_PNL_BREAKDOWN SET_RISK_LIMITS CHECK_RISK_LIMITS
       AUTO_HEDGE GET_LIQUIDATION_RISK SIMULATE_LIQUIDATION SUGGEST_POSITION_SIZE CREATE_SUBACCOUNT LIST_SUBACCOUNTS
       TRANSFER SET_MARGIN_MODE GET_MARGIN_REQUIREMENTS GET_INSURANCE_FUND RUN_BACKTEST EXECUTE_STRATEGY GET_WALLETS
       OPEN_WALLET_WINDOW WATCH_ADDRESS RENAME_WALLET SELECT_WALLET REMOVE_WALLET LOCK_WALLET GET_SETTINGS UPDATE_SETTINGS GET_EVENTS GET_SYSTEM_STATS EXPORT_HISTORY
       BACKUP LIST_BACKUPS RESTORE IMPORT_MARKET_FILE`
        .split(/\s+/)
        .toSorted(),
    );
  });

  it('[R8.8] answers every command within 5 s: a reply that fits its schema, a refusal with its reason, or accepted', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('UPDATE_SETTINGS', { revision: 0, changes: NO_NODE });
    await client.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
    for (const name of COMMAND_NAMES) {
      const asked = performance.now();
      const id = randomUUID();
      const answered = client
        .next(({ frame }) => frame.type === 'COMMAND_RESULT' && frame.id === id)
        .then(() => performance.now());
      const { frame } = await client.request(name, SAMPLES[name], id);
      expect((await answered) - asked, `of ${name}`).toBeLessThan(5_000);
      expect(frame, `of ${name}`).toMatchObject({ command: name, type: 'COMMAND_RESULT' });
      if (frame.status === 'error') expect(frame.error.message, `of ${name}`).toMatch(/^["A-Z].*\.$/s);
    }
  });

  it('says NOT_SUPPORTED to what waits for later, and to nothing that it serves', async () => {
    const rig = newRig({ allowsLive: true });
    rig.program.wallets.useWindows({
      open: () => Promise.resolve(),
      agreesToRemoval: () => Promise.resolve(true),
    });
    const client = rig.connect();
    await client.ask('UPDATE_SETTINGS', { revision: 0, changes: NO_NODE });
    for (const name of LATER) {
      const error = await client.refusal(name, SAMPLES[name]);
      expect(error.code, `of ${name}`).toBe('NOT_SUPPORTED');
      expect(error.message).toMatch(/is not offered by this version yet\.$/);
    }
    for (const name of SERVED) {
      const { text } = await client.request(name, SAMPLES[name]);
      expect(text, `of ${name}`).not.toContain('NOT_SUPPORTED');
    }
  });

  it('can make up no reply for what it does not serve: no value fits', () => {
    const never = COMMAND_NAMES.filter((name) => COMMANDS[name].reply instanceof z.ZodNever);
    expect(never.toSorted()).toEqual(LATER.toSorted());
  });

  it('validates before it says NOT_SUPPORTED', async () => {
    const client = newRig().connect();
    for (const name of LATER)
      expect((await client.refusal(name, { ...SAMPLES[name], surplus: 1 })).code, `of ${name}`).toBe(
        'INVALID_PAYLOAD',
      );
  });

  it.each(['GET_EVERYTHING', 'sos', '', 'constructor', '__proto__', 'toString'])(
    'does not know %j',
    async (command) => {
      const error = await newRig().connect().refusal(command, {});
      expect(error).toMatchObject({ code: 'UNKNOWN_COMMAND', details: { command } });
    },
  );
});

describe('[R8.9] bad input', () => {
  it('in any field is refused with the field named, and changes nothing', async () => {
    const rig = newRig();
    const before = keptBy(rig);
    const value = fc.oneof(fc.constantFrom(...EDGES), fc.jsonValue());
    const bad = fc
      .tuple(fc.constantFrom(...FIELDS), value)
      .filter(([one, value]) => !takes(one, value) && one.field !== '__proto__');
    for (const share of [0, 1, 2, 3]) {
      const client = rig.connect();
      for (const [{ name, field, sample }, value] of fc.sample(bad, { seed: 20 + share, numRuns: 400 })) {
        const { code, details, message } = await client.refusal(name, { ...sample, [field]: value });
        const said = `${name}.${field} = ${JSON.stringify(value).slice(0, 80)}: ${message}`;
        expect(code, `in ${said}`).toBe('INVALID_PAYLOAD');
        expect(String(details['field']).split('.')[0], `in ${said}`).toBe(field);
        expect(details['problem'], `in ${said}`).not.toBe('');
      }
    }
    expect(keptBy(rig)).toBe(before);
  });

  it('is refused in every field at least once', async () => {
    const rig = newRig();
    for (let at = 0; at < FIELDS.length; at += 100) {
      const client = rig.connect();
      for (const one of FIELDS.slice(at, at + 100)) {
        const { name, field, sample } = one;
        const wrong = EDGES.filter((value) => !takes(one, value));
        expect(wrong.length, `${name}.${field}`).toBeGreaterThan(5);
        const { code, details } = await client.refusal(name, { ...sample, [field]: wrong.at(-1) });
        expect([code, String(details['field']).split('.')[0]], `of ${name}`).toEqual([
          'INVALID_PAYLOAD',
          field,
        ]);
      }
    }
  });

  it('is a field that is missing, unless it may be', async () => {
    const rig = newRig();
    const client = rig.connect();
    for (const one of FIELDS) {
      if (takes(one, undefined)) continue;
      const { name, field, sample } = one;
      const { [field]: _gone, ...rest } = sample;
      const { code, details } = await client.refusal(name, rest);
      expect([code, details['field']], `${name}.${field}`).toEqual(['INVALID_PAYLOAD', field]);
    }
  });

  it('is a field that nobody asked for, which is named', async () => {
    const client = newRig().connect();
    for (const name of COMMAND_NAMES) {
      const { code, message } = await client.refusal(name, { ...SAMPLES[name], surplus: 1 });
      expect(code, `of ${name}`).toBe('INVALID_PAYLOAD');
      expect(message, `of ${name}`).toContain('surplus');
    }
  });

  it('is a payload that is no object', async () => {
    const rig = newRig();
    for (const payload of [undefined, null, [], 'text', 1, true]) {
      const client = rig.connect();
      for (const name of COMMAND_NAMES)
        expect((await client.refusal(name, payload)).code, `of ${name}`).toBe('INVALID_PAYLOAD');
    }
  });

  it('answers under the id and command that it came with, as far as they can be read', () => {
    const client = newRig().connect();
    const id = randomUUID();
    const answers: readonly (readonly [text: string, id: string, command: string])[] = [
      ['no JSON', '', ''],
      ['null', '', ''],
      ['[]', '', ''],
      ['{"id":5,"command":[],"payload":{}}', '', ''],
      ['{"id":"mine","command":"GET_STATUS","payload":{}}', 'mine', 'GET_STATUS'],
      [JSON.stringify({ id, command: 'GET_STATUS', payload: {}, more: 1 }), id, 'GET_STATUS'],
      [JSON.stringify({ id: 'x'.repeat(1_000), command: 'Y'.repeat(1_000) }), 'x'.repeat(64), 'Y'.repeat(64)],
    ];
    const heard = answers.map(([text]) => {
      client.raw(text);
      return client.heard.at(-1)?.frame;
    });
    expect(heard).toMatchObject(
      answers.map(([, id, command]) => ({
        type: 'COMMAND_RESULT',
        id,
        command,
        status: 'error',
        error: { code: 'INVALID_PAYLOAD' },
      })),
    );
    client.problems.length = 0;
  });
});

describe('[R8.1] START_ENGINE', () => {
  it('takes paper or live, nothing else', async () => {
    const rig = newRig();
    const client = rig.connect();
    for (const mode of ['Paper', 'test', 'demo', '', null, 1, undefined]) {
      const error = await client.refusal('START_ENGINE', { engine: 'funding', mode });
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', details: { field: 'mode' } });
    }
    expect(rig.status.state).toBe('stopped');
    const { status } = await client.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
    expect(status).toMatchObject({ state: 'waiting', mode: 'paper', engine: 'funding', venue: 'paper' });
  });

  it('refuses live where the host was not allowed to, and starts nothing', async () => {
    const rig = newRig();
    const live = { purpose: 'trading', typed: 'LIVE', standing: null };
    const error = await rig.connect().refusal('START_ENGINE', { engine: 'funding', mode: 'live', live });
    expect(error.code).toBe('NOT_SUPPORTED');
    expect(error.message).toContain('--allow-live');
    expect(rig.status).toMatchObject({ state: 'stopped', mode: 'paper' });
  });

  it('refuses live without a wallet, in words, and starts nothing', async () => {
    const rig = newRig({ allowsLive: true });
    const client = rig.connect();
    const live = { purpose: 'trading', typed: 'LIVE', standing: null };
    const error = await client.refusal('START_ENGINE', { engine: 'funding', mode: 'live', live });
    expect(error).toMatchObject({ code: 'WALLET_MISSING', message: 'No wallet is active.' });
    expect(rig.status.state).toBe('stopped');
  });

  it.each([{ venue: 'drift' }, { subAccount: 1 }])('knows one paper account: not %j', async (other) => {
    const rig = newRig();
    const payload = { engine: 'funding', mode: 'paper', ...other };
    expect((await rig.connect().refusal('START_ENGINE', payload)).code).toBe('NOT_SUPPORTED');
    expect(rig.status.state).toBe('stopped');
  });
});

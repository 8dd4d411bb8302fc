import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { COMMANDS, isCommandName, type CommandName } from '../../../src/shared/contract/commands.ts';
import { requestFrame } from '../../../src/shared/contract/frames.ts';
import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';
import { COMMAND_NAMES, SAMPLES } from '../../support/samplePayloads.ts';

const SEED = 20_261_121;
/** Under what a connection may send in a second. */
const A_CONNECTION = 400;

const isRefusedUnasked = (command: unknown, payload: unknown): boolean =>
  typeof command !== 'string' ||
  !isCommandName(command) ||
  !COMMANDS[command].payload.safeParse(payload).success;

/** What is left of a value on its way: JSON has no undefined, and no infinity. */
const asSent = (payload: unknown): unknown =>
  (JSON.parse(JSON.stringify({ payload })) as { readonly payload?: unknown }).payload;

/** A payload in which something was changed, taken away or added, somewhere. */
const mutated = (name: CommandName): fc.Arbitrary<unknown> => {
  const sample = SAMPLES[name] as Readonly<Record<string, unknown>>;
  const key = fc.oneof(fc.constantFrom(...Object.keys(sample), 'surplus'), fc.string({ maxLength: 8 }));
  const value = fc.oneof(fc.jsonValue(), fc.double(), fc.string({ unit: 'binary' }), fc.constant(undefined));
  return fc.oneof(
    fc.tuple(key, value).map(([key, value]) => ({ ...sample, [key]: value })),
    fc.tuple(key, fc.constant('gone')).map(([key]) => ({ ...sample, [key]: undefined })),
    fc.jsonValue(),
  );
};

const anyCommand = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom<string>(...COMMAND_NAMES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 70 }) },
);

/** Requests that have to be refused before anything looks at the vault. */
const badRequest = anyCommand
  .chain((command) =>
    fc.record({
      command: fc.constant(command),
      payload: isCommandName(command) ? mutated(command) : fc.jsonValue(),
    }),
  )
  .filter(({ command, payload }) => isRefusedUnasked(command, asSent(payload)));

/** A text that is nearly a frame, or nothing like one. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json({ maxDepth: 3 }),
  fc.tuple(badRequest, fc.nat(), fc.string({ maxLength: 3 })).map(([request, at, junk]) => {
    const text = JSON.stringify({ id: randomUUID(), ...request });
    const cut = at % text.length;
    return text.slice(0, cut) + junk + text.slice(cut + junk.length + 1);
  }),
  badRequest.map((request) => JSON.stringify({ ...request, id: 'not an id' })),
);

/** What the vault is, to the last row; the answers to commands are no part of it. */
const vaultOf = (rig: ProgramRig): string =>
  JSON.stringify(
    ['events', 'ledger_entries', 'orders', 'controls', 'checkpoints', 'runs', 'settings', 'engines'].map(
      (table) => rig.rows(`SELECT * FROM ${table}`),
    ),
  );

function* connections(rig: ProgramRig, each: number): Generator<RigClient> {
  for (let client = rig.connect(), sent = 0; ; sent += 1) {
    if (sent === each || client.closedFor !== undefined) [client, sent] = [rig.connect(), 0];
    yield client;
  }
}

describe('ten thousand messages that nobody sane would send', () => {
  it('never break the program: what has an id is answered once, what is refused changes nothing', async () => {
    const { rig, client: watcher } = await hedgedRig();
    const before = vaultOf(rig);

    const polite = connections(rig, A_CONNECTION);
    const asked: { readonly client: RigClient; readonly id: string }[] = [];
    for (const { command, payload } of fc.sample(badRequest, { seed: SEED, numRuns: 6_000 })) {
      const client = polite.next().value as RigClient;
      asked.push({ client, id: client.post(command, payload) });
    }
    const rude = connections(rig, A_CONNECTION);
    let malformed = 0;
    for (const text of fc.sample(anyText, { seed: SEED, numRuns: 4_000 })) {
      const client = rude.next().value as RigClient;
      const [heard, { problems }] = [client.heard.length, client];
      client.raw(text);
      problems.length = 0;
      if (requestFrame.safeParse(parsed(text)).success) continue;
      malformed += 1;
      expect(client.closedFor === 'malformed' || client.heard.length > heard, `after ${text}`).toBe(true);
    }
    await watcher.ask('GET_SYSTEM_STATS', {});

    expect(malformed).toBeGreaterThan(3_000);
    const codes = asked.map(({ client, id }) =>
      client.resultsOf(id).map(({ frame }) => (frame.status === 'error' ? frame.error.code : frame.status)),
    );
    expect(codes.every(({ length }) => length === 1)).toBe(true);
    expect(new Set(codes.flat())).toEqual(new Set(['INVALID_PAYLOAD', 'UNKNOWN_COMMAND']));
    expect(vaultOf(rig)).toBe(before);
    expect((await watcher.nextFunding()).target).toBe('hedged');
    expect(watcher.closedFor).toBeUndefined();
  });
});

describe('commands that do something, in any order,', () => {
  const amount = fc.constantFrom('0.000001', '1', '12.5', '250', '4000', '0.0000001', '99999999');
  const name = fc.constantFrom('engine.deltaTolerancePct', 'engine.cooldownMinutes', 'nothing.known');
  const doing = fc.oneof(
    fc.record({
      command: fc.constantFrom('DRIFT_DEPOSIT', 'DRIFT_WITHDRAW'),
      payload: fc.record({ asset: fc.constantFrom('SOL', 'USDC'), amount }),
    }),
    fc.record({
      command: fc.constantFrom('START_ENGINE', 'STOP_ENGINE', 'RESTART_ENGINE'),
      payload: fc.constantFrom({ engine: 'funding' }, { engine: 'funding', mode: 'paper' }),
    }),
    fc.record({ command: fc.constant('SOS'), payload: fc.record({ flatten: fc.boolean() }) }),
    fc.constant({ command: 'RELEASE_SOS', payload: {} }),
    fc.record({
      command: fc.constant('SET_CLOCK'),
      payload: fc.record({ speed: fc.constantFrom<number | string>(3_600, 'pause', 'nextFunding', 1) }),
    }),
    fc.record({
      command: fc.constant('UPDATE_CONFIG'),
      payload: fc.record({
        engine: fc.constant('funding'),
        config: fc.dictionary(name, fc.constantFrom('2', '3', 'x', null), { maxKeys: 2 }),
      }),
    }),
    fc.constant({ command: 'REQUEST_SYNC', payload: {} }),
  );

  it('are each answered once, and the books still add up to what the log says', async () => {
    const { rig } = await hedgedRig();
    const clients = [rig.connect(), rig.connect()];
    const asked = fc.sample(doing, { seed: SEED, numRuns: 150 }).map(({ command, payload }, at) => {
      const client = clients[at % 2] as RigClient;
      return { client, done: client.request(command, payload) };
    });
    const answers = await Promise.all(asked.map(({ done }) => done));
    // Beside its answer a command may get a word that it takes longer, on a busy machine.
    const results = answers.map(({ frame }, at) =>
      asked[at]?.client.resultsOf(frame.id).filter((one) => one.frame.status !== 'accepted'),
    );
    expect(results.map((of) => of?.length)).toEqual(answers.map(() => 1));
    const statuses = answers.map(({ frame }) => (frame.status === 'error' ? frame.error.code : frame.status));
    expect(statuses).not.toContain('INTERNAL');
    expect(statuses.filter((status) => status === 'ok').length).toBeGreaterThan(50);

    const { report, recomputed } = await keptRun(rig);
    expect(recomputed.problems).toEqual([]);
    const { equityStart, equityEnd, netTransfers, pnl, trades, fundingPayments } = report;
    expect(recomputed).toMatchObject({ equityStart, equityEnd, netTransfers, pnl, trades, fundingPayments });
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

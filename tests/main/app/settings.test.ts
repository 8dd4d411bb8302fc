import { describe, expect, it } from 'vitest';

import { LOG_LEVEL_SETTING } from '../../../src/main/platform/logger.ts';
import { ALL_SETTING_GROUPS } from '../../../src/main/simulation/programSettings.ts';
import { ORDERED_SETTINGS } from '../../../src/main/simulation/settings.ts';
import { keptRun } from '../../support/keptRun.ts';
import { hedgedRig, newRig, type RigClient } from '../../support/programRig.ts';

const TOLERANCE = 'engine.deltaTolerancePct';
const SETTINGS = Object.values(ALL_SETTING_GROUPS).flatMap((group) => Object.values(group));

async function valueOf(client: RigClient, name: string): Promise<string | undefined> {
  const { groups } = await client.ask('GET_SETTINGS', {});
  return groups.flatMap(({ settings }) => settings).find((setting) => setting.name === name)?.value;
}

const update = (client: RigClient, changes: Record<string, string | null>, revision = 0) =>
  client.ask('UPDATE_SETTINGS', { revision, changes });
const refused = (client: RigClient, changes: Record<string, string | null>, revision = 0) =>
  client.refusal('UPDATE_SETTINGS', { revision, changes });

describe('GET_SETTINGS', () => {
  it('shows every setting with unit, range, meaning and value, at revision 0 before any change', async () => {
    const { revision, groups, order } = await newRig().connect().ask('GET_SETTINGS', {});
    const shown = groups.flatMap(({ settings }) => settings);
    expect(revision).toBe(0);
    expect(shown.map(({ name }) => name)).toEqual(SETTINGS.map(({ name }) => name));
    for (const { value, fallback, meaning, range } of shown) {
      expect(value).toBe(fallback);
      expect([meaning, range]).not.toContain('');
    }
    expect(order).toEqual(ORDERED_SETTINGS.map(({ name, other }) => ({ name, other })));
  });
});

describe('UPDATE_SETTINGS', () => {
  it('changes what it names, raises the revision by one, and tells every window', async () => {
    const { rig, client } = await hedgedRig();
    const other = rig.connect();
    const view = await update(client, { [TOLERANCE]: '2', 'engine.urgentDriftPct': '7' });
    expect(view.revision).toBe(1);
    expect(await valueOf(client, TOLERANCE)).toBe('2');
    expect(other.events.at(-1)).toEqual({ kind: 'settings', revision: 1 });
    expect((await other.ask('GET_STATUS', {})).settingsRevision).toBe(1);
  });

  it('is in force at once, while the run goes on, and says in the log what has changed', async () => {
    const { rig, client } = await hedgedRig();
    const before = rig.figures;
    expect(before.driftTolerancePct).toBe(1);
    await update(client, { [TOLERANCE]: '2' });

    expect(rig.status.state).toBe('running');
    expect(rig.figures).toEqual({
      ...before,
      driftTolerancePct: 2,
      lastAction: 'You changed settings: engine.deltaTolerancePct is now 2.',
    });
    const [line] = (await client.ask('GET_EVENTS', { limit: 1 })).events;
    expect(line).toMatchObject({
      type: 'DECISION',
      data: { action: 'settings', [TOLERANCE]: '2' },
    });
    await client.nextFunding();
    expect((await keptRun(rig)).recomputed.problems).toEqual([]);
  });

  it('with null takes the default again, and so does the default itself', async () => {
    const { client } = await hedgedRig();
    await update(client, { [TOLERANCE]: '2', 'engine.urgentDriftPct': '7' });
    await update(client, { [TOLERANCE]: null, 'engine.urgentDriftPct': '5' }, 1);
    expect(await valueOf(client, TOLERANCE)).toBe('1');
    const [line] = (await client.ask('GET_EVENTS', { limit: 1 })).events;
    expect(line?.data).toMatchObject({ [TOLERANCE]: 'default', 'engine.urgentDriftPct': 'default' });
  });

  it('on an old revision is SETTINGS_CONFLICT, with both revisions, and changes nothing', async () => {
    const { client } = await hedgedRig();
    await update(client, { [TOLERANCE]: '2' });
    for (const revision of [0, 2, -1])
      expect(await refused(client, { [TOLERANCE]: '3' }, revision)).toMatchObject({
        code: 'SETTINGS_CONFLICT',
        details: { yours: revision, current: 1 },
      });
    expect(await valueOf(client, TOLERANCE)).toBe('2');
  });

  it('of two windows at once takes exactly one', async () => {
    const { rig, client } = await hedgedRig();
    const clients = [client, rig.connect()];
    const answers = await Promise.all(
      clients.map((one, at) =>
        one.request('UPDATE_SETTINGS', { revision: 0, changes: { [TOLERANCE]: String(at + 2) } }),
      ),
    );
    const won = answers.findIndex(({ frame }) => frame.status === 'ok');
    expect(answers.map(({ frame }) => frame.status).toSorted()).toEqual(['error', 'ok']);
    expect(answers[1 - won]?.frame).toMatchObject({ error: { code: 'SETTINGS_CONFLICT' } });
    expect(await valueOf(client, TOLERANCE)).toBe(String(won + 2));
    const { events } = await client.ask('GET_EVENTS', { limit: 100, search: 'You changed' });
    expect(events).toHaveLength(1);
    expect(rig.status.state).toBe('running');
  });

  it('that changes nothing leaves the revision and the log as they are', async () => {
    const { client } = await hedgedRig();
    for (const changes of [{}, { [TOLERANCE]: null }, { [TOLERANCE]: '1' }])
      expect((await update(client, changes)).revision).toBe(0);
    expect((await client.ask('GET_EVENTS', { limit: 1, search: 'You changed' })).events).toEqual([]);
  });

  it('changes all of them or none', async () => {
    const { client } = await hedgedRig();
    const error = await refused(client, { 'engine.urgentDriftPct': '7', [TOLERANCE]: '1000' });
    expect(error).toMatchObject({ code: 'INVALID_SETTING', details: { name: TOLERANCE, value: '1000' } });
    expect(error.message).toContain('0.01 to 50 %');
    expect(await valueOf(client, 'engine.urgentDriftPct')).toBe('5');
    expect((await client.ask('GET_SETTINGS', {})).revision).toBe(0);
  });

  it('does not know a name that is none, and proposes the nearest', async () => {
    const { client } = await hedgedRig();
    for (const value of ['2', null]) {
      const error = await refused(client, { 'engine.deltaTolerance': value });
      expect(error.code).toBe('INVALID_SETTING');
      expect(error.message).toContain(`Did you mean ${TOLERANCE}?`);
    }
  });

  it.each(ORDERED_SETTINGS.map(({ name, other }) => [name, other]))(
    'refuses a %s that is lower than %s, and names both',
    async (name, other) => {
      const client = newRig().connect();
      const [low, high] = [name, other].map((one) => SETTINGS.find((setting) => setting.name === one)?.input);
      if (low?.kind !== 'number' || high?.kind !== 'number') throw new Error('no numbers');
      const error = await refused(client, { [name]: low.min, [other]: high.max });
      expect(error).toMatchObject({ code: 'INVALID_SETTING', details: { name, other } });
      expect(error.message).toBe(`${name} cannot be lower than ${other}.`);
      expect((await client.ask('GET_SETTINGS', {})).revision).toBe(0);
    },
  );

  it('refuses in every setting what is out of its range, in words, with the range', async () => {
    const client = newRig().connect();
    for (const { name, range } of SETTINGS)
      for (const text of ['', 'none', '-1e9', '99999999999999']) {
        const { code, message, details } = await refused(client, { [name]: text });
        expect([code, details['name']], `${name} = ${text}`).toEqual(['INVALID_SETTING', name]);
        expect(message).toContain(range);
      }
  });

  it('outlives a restart, and a crash right after its answer', async () => {
    const { rig, client } = await hedgedRig();
    await update(client, { [TOLERANCE]: '2', [LOG_LEVEL_SETTING.name]: 'warn' });
    const after = rig.crashed();
    expect(await valueOf(after.connect(), TOLERANCE)).toBe('2');
    await rig.restart();
    const again = rig.connect();
    expect([await valueOf(again, TOLERANCE), await valueOf(again, LOG_LEVEL_SETTING.name)]).toEqual([
      '2',
      'warn',
    ]);
    expect(rig.figures.driftTolerancePct).toBe(2);
    expect(rig.status.state).toBe('running');
  });

  it('works while the engine is stopped, halted or failed', async () => {
    const { rig, client } = await hedgedRig();
    await client.ask('SOS', { flatten: false });
    await update(client, { [TOLERANCE]: '2' });
    expect(rig.status.state).toBe('halted');
    await client.ask('RELEASE_SOS', {});
    await client.ask('STOP_ENGINE', { engine: 'funding' });
    await update(client, { [TOLERANCE]: '3' }, 1);
    expect(rig.status.state).toBe('stopped');
    expect(rig.figures.driftTolerancePct).toBe(3);
  });
});

describe('UPDATE_CONFIG', () => {
  it('changes settings of the engine without a revision, and answers the new one', async () => {
    const { rig, client } = await hedgedRig();
    const config = { [TOLERANCE]: '2' };
    expect(await client.ask('UPDATE_CONFIG', { engine: 'funding', config })).toEqual({ revision: 1 });
    expect(rig.figures.driftTolerancePct).toBe(2);
    const back = { [TOLERANCE]: null };
    expect(await client.ask('UPDATE_CONFIG', { engine: 'funding', config: back })).toEqual({ revision: 2 });
    expect((await client.refusal('UPDATE_CONFIG', { engine: 'funding', config: { x: '1' } })).code).toBe(
      'INVALID_SETTING',
    );
  });
});

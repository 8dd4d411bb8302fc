import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { hedgedRig, type ProgramRig } from '../../support/programRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;
const stateOf = (rig: ProgramRig): string => rig.status.state;

describe('[R8.8] a command that acts, and whose answer was lost,', () => {
  it.each([
    ['START_ENGINE', START, 'stopped'],
    ['STOP_ENGINE', FUNDING, 'running'],
    ['RESTART_ENGINE', FUNDING, 'running'],
    ['RELEASE_SOS', {}, 'halted'],
  ] as const)(
    'is OUTCOME_UNKNOWN under the same id, and does nothing: %s',
    async (command, payload, state) => {
      const { rig, client } = await hedgedRig();
      if (state === 'stopped') await client.ask('STOP_ENGINE', FUNDING);
      if (state === 'halted') await client.ask('SOS', { flatten: false });
      const id = randomUUID();
      const undo = { START_ENGINE: 'STOP_ENGINE', STOP_ENGINE: 'START_ENGINE', RELEASE_SOS: 'SOS' } as const;
      await client.request(command, payload, id);
      rig.meddle(`UPDATE answers SET answer = NULL WHERE id = '${id}'`);
      if (command !== 'RESTART_ENGINE') {
        const payloads = { STOP_ENGINE: FUNDING, START_ENGINE: START, SOS: { flatten: false } } as const;
        await client.request(undo[command], payloads[undo[command]]);
      }
      const startedAt = rig.status.startedAt;
      await rig.restart();
      const again = rig.connect();
      for (let time = 0; time < 2; time += 1)
        expect((await again.refusal(command, payload, id)).code).toBe('OUTCOME_UNKNOWN');
      expect(stateOf(rig)).toBe(state);
      expect(rig.status.startedAt === null).toBe(startedAt === null);
    },
  );
});

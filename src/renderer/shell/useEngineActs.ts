import { useMemo } from 'react';
import type { ApiClient } from '../api/apiClient.ts';
import { useApi } from '../api/apiContext.ts';
import { useLive } from '../live/liveStore.ts';
import { act, actLast } from './acts.ts';
import { sayDone } from './notices.ts';

export type ClockChoice = number | 'pause' | 'nextFunding';

/** What the user can do to the engine. Each says by itself what came of it. */
export interface EngineActs {
  /** On paper. Live is begun where its checks are read. */
  readonly start: () => void;
  readonly stop: () => void;
  readonly sos: (flatten: boolean) => void;
  readonly release: () => void;
  readonly setClock: (choice: ClockChoice) => void;
  /** Pauses the paper market, or lets it go on at its speed. */
  readonly toggleClock: () => void;
}

const engine = 'funding';

function engineActs(api: ApiClient): EngineActs {
  const setClock = (speed: ClockChoice): void =>
    void actLast('clock', 'The clock was not changed', async () => {
      await api.send('SET_CLOCK', { speed });
    });
  return {
    start: () =>
      void act('start', 'The engine was not started', async () => {
        await api.send('START_ENGINE', { engine, mode: 'paper' });
        api.refresh();
      }),
    stop: () =>
      void act('stop', 'The engine was not stopped', async () => {
        await api.send('STOP_ENGINE', { engine });
        sayDone('The engine has stopped. Positions stay as they are.');
      }),
    sos: (flatten) =>
      void act('sos', 'SOS did not go through', async () => {
        const { flat } = await api.send('SOS', { flatten });
        sayDone(sosOutcome(flat));
      }),
    release: () =>
      void act('release', 'SOS was not released', async () => {
        await api.send('RELEASE_SOS', {});
        sayDone('SOS is released. The engine goes on as it stood before.');
      }),
    setClock,
    toggleClock: () => {
      const clock = useLive.getState().engines.funding?.funding?.clock;
      if (clock === null || clock === undefined) return;
      setClock(clock.paused ? clock.speed : 'pause');
    },
  };
}

function sosOutcome(flat: boolean | null): string {
  if (flat === null) return 'All trading is halted. Positions stay as they are until you release SOS.';
  return flat
    ? 'All trading is halted, and both legs are closed.'
    : 'All trading is halted. Closing both legs goes on: look at Events for what is left.';
}

export function useEngineActs(): EngineActs {
  const api = useApi();
  return useMemo(() => engineActs(api), [api]);
}

import { create } from 'zustand';
import type { EngineStatusData } from '../../shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { FIRST_STATE, type LiveEngine, type LiveState } from './liveState.ts';

/** What the page knows. Only the connection writes it; screens select the little that each of them shows. */
export const useLive = create<LiveState>()(() => FIRST_STATE);

const engineOf = (state: LiveState): LiveEngine | undefined => state.engines.funding;

/** A part of the funding engine's latest update; undefined before there is one. Repaints only when that part changed. */
export function useFunding<Part>(part: (funding: FundingUpdateData) => Part): Part | undefined {
  return useLive((state) => {
    const funding = engineOf(state)?.funding;
    return funding === null || funding === undefined ? undefined : part(funding);
  });
}

/** A part of the funding engine's status; undefined before the first snapshot. */
export function useStatus<Part>(part: (status: EngineStatusData) => Part): Part | undefined {
  return useLive((state) => {
    const engine = engineOf(state);
    return engine === undefined ? undefined : part(engine.status);
  });
}

export const useConnectionKind = (): LiveState['connection']['kind'] =>
  useLive((state) => state.connection.kind);

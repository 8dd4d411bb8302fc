import type { Page } from '@playwright/test';

import type { StatusSnapshot } from '../../../src/shared/contract/commands/engineCommands.ts';
import { StandIn } from './standIn.ts';
import { liveSnapshot, paperSnapshot, StandInLive } from './standInLive.ts';
import { StandInWallets } from './standInWallets.ts';
import { test as base } from './test.ts';

interface LiveFixtures {
  /** What the program says of itself first. */
  snapshot: StatusSnapshot;
  live: StandInLive;
  wallets: StandInWallets;
  /** A program that is, or goes, live, as far as its screens need one. */
  standIn: StandIn;
}

export const LIVE = liveSnapshot();
export const PAPER = paperSnapshot();

/** Screens of live trading in front of scripted replies: every state of it, without a chain. */
export const test = base.extend<LiveFixtures>({
  snapshot: [LIVE, { option: true }],
  // eslint-disable-next-line no-empty-pattern
  live: async ({}, use) => {
    await use(new StandInLive());
  },
  // eslint-disable-next-line no-empty-pattern
  wallets: async ({}, use) => {
    await use(new StandInWallets());
  },
  standIn: async ({ snapshot, live, wallets }, use) => {
    const standIn = new StandIn(
      snapshot,
      (command, payload) => wallets.answer(command, payload) ?? live.answer(command, payload),
    );
    await standIn.open();
    await use(standIn);
    standIn.close();
  },
});

/** A screen of it with nothing that moves. */
export const show = (page: Page, standIn: StandIn, screen: string, scheme = 'dark'): Promise<unknown> =>
  page.goto(standIn.address(`?screen=${screen}&scheme=${scheme}&still`));

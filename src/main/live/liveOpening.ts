import type { PolicySettings } from '../engine/policy.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Schedule } from '../platform/schedule.ts';
import type { ConfirmationDesk } from '../risk/confirmation/confirmationDesk.ts';
import type { TransactionJournal } from '../storage/transactionJournal.ts';
import { DriftVenue } from '../venues/drift/driftVenue.ts';
import { errorNames, explainProgram } from '../venues/drift/programErrors.ts';
import type { SendingSettings } from '../venues/solana/transactions/sendingSettings.ts';
import type { Sign } from '../venues/solana/transactions/sign.ts';
import { JITO_MAINNET, JitoBundles, type Bundles } from '../venues/solana/transactions/bundles.ts';
import { TransactionDesk } from '../venues/solana/transactions/transactionDesk.ts';
import type { Operation } from '../venues/solana/transactions/operation.ts';
import { AccountWatch } from '../venues/solana/rpc/accountWatch.ts';
import type { LiveEars } from './liveDesk.ts';
import type { LiveNetwork } from './liveNetwork.ts';
import { tradePlaceOf, type LivePlace } from './livePlace.ts';
import { LiveRun } from './liveRun.ts';
import type { LiveStorage } from './liveStorage.ts';

export interface LiveOpeningParts {
  readonly network: LiveNetwork;
  readonly place: LivePlace;
  /** Address of the key that signs: the owner's, or a delegate's. */
  readonly signer: string;
  readonly sign: Sign;
  readonly storage: LiveStorage;
  readonly journal: TransactionJournal;
  readonly confirmations: ConfirmationDesk;
  readonly settings: PolicySettings;
  readonly sending: () => SendingSettings;
  readonly clock: Clock;
  readonly elapsed: () => number;
  readonly schedule: Schedule;
  readonly uniform: () => number;
  readonly nextId: () => string;
  readonly log: Logger;
  readonly ears: LiveEars;
  /** Told that nobody knows whether a transaction went through (R9.4). */
  readonly unknown: (operation: Operation, cause: string) => void;
}

/** Everything that a live engine stands on, from its nodes up. Throws what the network and the venue throw. */
export async function openLiveRun(parts: LiveOpeningParts): Promise<LiveRun> {
  const { network, place, signer, clock, elapsed, schedule, uniform, nextId, log } = parts;
  const client = await network.client(signer, place.owner);
  const names = errorNames(client.drift);
  const desk = new TransactionDesk({
    chain: network.chain,
    web3: await network.web3(),
    payer: signer,
    sign: parts.sign,
    journal: parts.journal,
    ...bundlesOf(parts),
    explain: (error, logs) => explainProgram(error, logs, names),
    settings: parts.sending,
    clock,
    schedule,
    uniform,
    log,
    alert: parts.unknown,
  });
  const venue = new DriftVenue({
    chain: network.chain,
    open: () => Promise.resolve(client),
    desk,
    subAccount: place.subAccount,
    network: network.name === 'mainnet' ? 'main' : 'test',
    clock,
    elapsed,
    schedule,
    nextId,
    gasReserve: () => parts.settings.risk.gasReserve,
    orderPrefix: `drift/${place.owner}/${place.subAccount}/`,
  });
  const { touched, heard, asked, lapsed, alerted } = parts.ears;
  // A change is seen within a slot, and not only when the next look is due.
  const watch = new AccountWatch([client.addressOf(place.subAccount), signer], {
    pool: network.pool,
    listener: { connected: touched, lost: () => undefined, changed: touched },
    schedule,
    elapsed,
    logger: log,
  });
  const run = await LiveRun.open({
    venue,
    storage: parts.storage,
    settings: parts.settings,
    confirmations: parts.confirmations,
    place: tradePlaceOf(place),
    clock,
    log,
    heard,
    asked,
    lapsed,
    alerted,
    closing: () => {
      watch.close();
    },
  });
  watch.open();
  return run;
}

/** The way to block builders, where the user wants it and the network has it (R4.5). */
function bundlesOf({ network, sending, schedule }: LiveOpeningParts): { readonly bundles?: Bundles } {
  if (network.name !== 'mainnet' || sending().bundles === 'off') return {};
  return { bundles: new JitoBundles({ url: JITO_MAINNET, fetch, schedule }) };
}

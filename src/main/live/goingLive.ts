import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/contract/appError.ts';
import type { WalletsView } from '../../shared/contract/commands/walletCommands.ts';
import type { PolicySettings } from '../engine/policy.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Schedule } from '../platform/schedule.ts';
import { ConfirmationDesk } from '../risk/confirmation/confirmationDesk.ts';
import type { StandingTerms } from '../risk/confirmation/standing.ts';
import type { SubAccountView } from '../../shared/contract/subAccount.ts';
import type { DriftUser } from '../venues/drift/driftState.ts';
import { errorNames, explainProgram } from '../venues/drift/programErrors.ts';
import type { SharedClient } from '../venues/drift/sharedClient.ts';
import { MOST_SUB_ACCOUNTS, SubAccounts } from '../venues/drift/subAccounts.ts';
import { TransactionDesk } from '../venues/solana/transactions/transactionDesk.ts';
import { ConfirmationRepository } from '../storage/confirmationRepository.ts';
import { IN_MEMORY, OpenFolder } from '../storage/openFolder.ts';
import { TransactionRepository } from '../storage/transactionRepository.ts';
import { VaultRepository } from '../storage/vaultRepository.ts';
import type { SendingSettings } from '../venues/solana/transactions/sendingSettings.ts';
import type { Sign } from '../venues/solana/transactions/sign.ts';
import type { LiveCheck } from './goingLive/check.ts';
import { gatherFacts } from './goingLive/gatherFacts.ts';
import { goingLiveChecks, mayGoLive } from './goingLive/goingLive.ts';
import type { LiveEars, LiveOpener, LiveSession } from './liveDesk.ts';
import { LiveNetwork, type LiveNetworkParts } from './liveNetwork.ts';
import { openLiveRun } from './liveOpening.ts';
import { subAccountViewOf } from './views/subAccountView.ts';
import { liveVaultOf, placeOf, type LivePlace } from './livePlace.ts';
import { LiveStorage } from './liveStorage.ts';
import type { LiveRun } from './liveRun.ts';
import type { Operation } from '../venues/solana/transactions/operation.ts';

/** The wallets, as far as live trading has to do with them. */
export interface LiveWallets {
  view(): Promise<WalletsView>;
  readonly sign: Sign;
}

export interface GoingLiveParts {
  /** Another one after a restore. */
  readonly db: () => Database;
  readonly wallets: LiveWallets;
  readonly settings: () => PolicySettings;
  readonly sending: () => SendingSettings;
  readonly network: () => Pick<LiveNetworkParts, 'network' | 'endpoints'>;
  readonly clock: Clock;
  readonly elapsed: () => number;
  readonly schedule: Schedule;
  readonly uniform: () => number;
  readonly nextId: () => string;
  readonly log: () => Logger;
  /** Told that nobody knows whether a transaction went through. */
  readonly unknown: (operation: Operation, cause: string) => void;
}

/** What a user wants to go live with. */
export interface LiveWish {
  readonly purpose: 'trading' | 'monitoring';
  readonly subAccount: number;
  /** Whose account; undefined for the active wallet's. */
  readonly owner?: string | undefined;
  readonly standing?: StandingTerms | null | undefined;
  readonly isHandedOver?: boolean | undefined;
}

export interface LiveLook {
  readonly place: LivePlace;
  readonly checks: readonly LiveCheck[];
  readonly mayGoLive: boolean;
  /** Unix ms. */
  readonly checkedAt: number;
}

/** What stands between a user and a live engine: the network, the checks, and what a session is made of. */
export class GoingLive implements LiveOpener {
  readonly #parts: GoingLiveParts;
  /** What the latest run was opened over. */
  #inUse: LiveNetwork | undefined;
  #confirmations: { readonly db: Database; readonly desk: ConfirmationDesk } | undefined;
  #network: { readonly key: string; readonly network: LiveNetwork } | undefined;

  constructor(parts: GoingLiveParts) {
    this.#parts = parts;
  }

  /** The network of the settings, made when it is first needed and again when they have changed. Throws INVALID_SETTING. */
  async network(): Promise<LiveNetwork> {
    const { clock, elapsed, schedule, uniform, log } = this.#parts;
    const { network, endpoints } = this.#parts.network();
    if (endpoints.length === 0)
      throw new AppError(
        'VENUE_UNAVAILABLE',
        'No Solana node is set: enter the address of one in the settings.',
      );
    const key = JSON.stringify([network, endpoints]);
    const known = this.#network;
    if (known?.key === key) return known.network;
    this.#network = {
      key,
      network: new LiveNetwork({ network, endpoints, clock, elapsed, schedule, uniform, log: log() }),
    };
    // What an engine runs over stays open under it until it is opened anew over this one.
    if (known !== undefined && known.network !== this.#inUse) await known.network.close();
    return this.#network.network;
  }

  /** The one desk that questions are asked and answered at, as long as the database is the same. */
  readonly confirmations = (): ConfirmationDesk => {
    const db = this.#parts.db();
    if (this.#confirmations?.db !== db) {
      const desk = new ConfirmationDesk(new ConfirmationRepository(db), this.#parts.nextId);
      this.#confirmations = { db, desk };
    }
    return this.#confirmations.desk;
  };

  /** Looks at everything that going live depends on, and changes nothing. */
  async check(wish: LiveWish): Promise<LiveLook> {
    const { clock, elapsed, settings } = this.#parts;
    const wallets = await this.#parts.wallets.view();
    const { place, signer } = this.#who(wish, wallets);
    const facts = await gatherFacts({
      network: await this.network(),
      purpose: wish.purpose,
      place,
      signer,
      wallets,
      settings: settings().risk,
      standing: wish.standing ?? null,
      hasVault: this.hasVault(place),
      isHandedOver: wish.isHandedOver ?? false,
      now: () => clock.now(),
      elapsed,
    });
    const checks = goingLiveChecks(facts, wish.purpose);
    return { place, checks, mayGoLive: mayGoLive(checks), checkedAt: clock.now() };
  }

  /** A session of what was wished, where nothing stands in its way. Throws why it may not begin. */
  async session(wish: LiveWish): Promise<LiveSession> {
    const look = await this.check(wish);
    const obstacle = look.checks.find(({ state }) => state === 'failed' || state === 'unknown');
    if (obstacle !== undefined)
      throw new AppError(
        obstacle.code ?? 'VENUE_UNAVAILABLE',
        `${obstacle.says} ${obstacle.todo ?? ''}`.trim(),
        {
          check: obstacle.name,
        },
      );
    return this.#sessionAt(look.place, wish.purpose);
  }

  /** The session that an earlier process had; undefined where there was none, or it was stopped. */
  earlier(): LiveSession | undefined {
    const places = new VaultRepository(this.#parts.db()).all().flatMap((name) => placeOf(name) ?? []);
    const { network } = this.#parts.network();
    return places
      .filter((place) => place.network === network)
      .map((place) => this.#sessionAt(place, 'trading'))
      .find(({ storage }) => storage.running() === true);
  }

  hasVault(place: LivePlace): boolean {
    return new VaultRepository(this.#parts.db()).find(liveVaultOf(place)) !== undefined;
  }

  async open({ place, purpose, storage, journal }: LiveSession, ears: LiveEars): Promise<LiveRun> {
    const { wallets, settings, sending, clock, elapsed, schedule, uniform, nextId, log, unknown } =
      this.#parts;
    const network = await this.network();
    if (network.name !== place.network)
      throw new AppError(
        'WRONG_NETWORK',
        `This engine trades on ${place.network}, and the settings say ${network.name}. Set the network back, or stop it.`,
      );
    const former = this.#inUse;
    this.#inUse = network;
    if (former !== undefined && former !== network) await former.close();
    const isTrading = purpose === 'trading';
    const { signer } = isTrading
      ? this.#who({ purpose, subAccount: place.subAccount }, await wallets.view(), place.owner)
      : { signer: place.owner };
    return await openLiveRun({
      network,
      place,
      signer,
      sign: isTrading ? wallets.sign : refuseToSign,
      storage,
      journal,
      confirmations: this.confirmations(),
      settings: settings(),
      sending,
      clock,
      elapsed,
      schedule,
      uniform,
      nextId,
      log: log(),
      ears,
      unknown,
    });
  }

  /** The sub-accounts of an owner, of the active wallet's where none is named. */
  async subAccounts(owner?: string): Promise<readonly SubAccountView[]> {
    const { place, signer } = this.#who(
      { purpose: 'monitoring', subAccount: 0, owner },
      await this.#parts.wallets.view(),
    );
    const network = await this.network();
    const client = await network.client(signer, place.owner);
    await client.refresh();
    const found = await this.#accountsOf(network, client).list();
    return found.map((user) => this.#viewOf(client, user));
  }

  /** Opens the next sub-account of the active wallet's owner. Throws what the wallet and the venue say against it. */
  async createSubAccount(name: string): Promise<SubAccountView> {
    const wallets = await this.#parts.wallets.view();
    const { place, signer } = this.#who({ purpose: 'trading', subAccount: 0 }, wallets);
    if (signer !== place.owner)
      throw new AppError(
        'TRANSACTION_REFUSED',
        'A delegate trades, and opens no sub-accounts: its owner does.',
      );
    const network = await this.network();
    const client = await network.client(signer, place.owner);
    const accounts = this.#accountsOf(network, client, await this.#desk(network, signer, client));
    const number = await accounts.next();
    if (number >= MOST_SUB_ACCOUNTS)
      throw new AppError('NOT_SUPPORTED', 'There are as many sub-accounts as there can be.');
    await accounts.create(number, name);
    const created = (await accounts.list()).find(({ subAccount }) => subAccount === number);
    if (created === undefined)
      throw new AppError(
        'OUTCOME_UNKNOWN',
        'The sub-account was opened, and the chain does not show it yet.',
      );
    return this.#viewOf(client, created);
  }

  async close(): Promise<void> {
    const networks = new Set([this.#network?.network, this.#inUse]);
    await Promise.all([...networks].flatMap((network) => (network === undefined ? [] : [network.close()])));
  }

  #accountsOf(network: LiveNetwork, client: SharedClient, desk?: TransactionDesk): SubAccounts {
    return new SubAccounts({
      client,
      chain: network.chain,
      desk: desk ?? { carry: () => Promise.reject(new TypeError('nothing is sent to look')) },
      nextId: this.#parts.nextId,
    });
  }

  async #desk(network: LiveNetwork, signer: string, client: SharedClient): Promise<TransactionDesk> {
    const { wallets, db, sending, clock, schedule, uniform, log, unknown } = this.#parts;
    const names = errorNames(client.drift);
    return new TransactionDesk({
      chain: network.chain,
      web3: await network.web3(),
      payer: signer,
      sign: wallets.sign,
      journal: new TransactionRepository(db(), network.name),
      explain: (error, logs) => explainProgram(error, logs, names),
      settings: sending,
      clock,
      schedule,
      uniform,
      log: log(),
      alert: unknown,
    });
  }

  #viewOf(client: SharedClient, user: DriftUser): SubAccountView {
    const { authority: owner, subAccount } = user;
    const place = { network: this.#parts.network().network, owner, subAccount };
    return subAccountViewOf(user, client.markets(), this.hasVault(place));
  }

  #sessionAt(place: LivePlace, purpose: LiveSession['purpose']): LiveSession {
    const { clock } = this.#parts;
    const now = (): number => clock.now();
    // Of an account that is only watched nothing is kept: it may be anybody's.
    const db = purpose === 'trading' ? this.#parts.db() : new OpenFolder(IN_MEMORY, now).db;
    return {
      place,
      purpose,
      storage: new LiveStorage(db, liveVaultOf(place), now),
      journal: new TransactionRepository(db, place.network),
    };
  }

  /** Whose account, and whose key. Throws WALLET_MISSING, WALLET_WATCH_ONLY, WALLET_UNKNOWN. */
  #who(
    { purpose, subAccount, owner }: Pick<LiveWish, 'purpose' | 'subAccount' | 'owner'>,
    { wallets }: WalletsView,
    expected?: string,
  ): { readonly place: LivePlace; readonly signer: string } {
    const { network } = this.#parts.network();
    const active = wallets.find((one) => one.active);
    if (purpose === 'monitoring') {
      const watched = owner ?? active?.owner;
      if (watched === undefined)
        throw new AppError('WALLET_MISSING', 'Say whose account is to be watched, or select a wallet.');
      return { place: { network, owner: watched, subAccount }, signer: watched };
    }
    if (active === undefined) throw new AppError('WALLET_MISSING', 'No wallet is active.');
    if (active.kind === 'watch')
      throw new AppError(
        'WALLET_WATCH_ONLY',
        `${active.name} is only watched: nothing can be signed for it.`,
      );
    if (expected !== undefined && active.owner !== expected)
      throw new AppError(
        'WALLET_MISSING',
        'The wallet that the engine went live with is not the active one.',
      );
    return { place: { network, owner: active.owner, subAccount }, signer: active.address };
  }
}

const refuseToSign: Sign = () =>
  Promise.reject(
    new AppError('WALLET_WATCH_ONLY', 'This account is only watched: nothing is signed for it.'),
  );

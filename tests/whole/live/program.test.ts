import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { openMarkets } from '../../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../../support/cluster/localCluster.ts';
import { MarketMaker } from '../../support/cluster/actors/marketMaker.ts';
import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { ProgramRig, type RigClient } from '../../support/programRig.ts';
import { hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { SdkAccount } from '../../support/live/sdkAccount.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf } from '../../support/walletSecrets.ts';

const SOL = 1_000_000_000n;
const USDC = 1_000_000n;
const DEEP = 500n * SOL;
const WISH = { engine: 'funding', venue: 'drift', purpose: 'trading', subAccount: 0 } as const;
const LIVE = {
  engine: 'funding',
  mode: 'live',
  subAccount: 0,
  live: { purpose: 'trading', typed: 'LIVE', standing: null },
} as const;

const folder = folderOfFile();

/** A user's first live day, over the commands of the window alone: the key in a real keychain, the signer a process of its own. */
describe.runIf(hasKeyring && hasPseudoTerminal)(`going live with the whole program${whySkipped}`, () => {
  const wallet = Keypair.generate();
  const owner = wallet.publicKey.toBase58();
  let keyring: Keyring;
  let cluster: LocalCluster;
  let maker: MarketMaker;
  let rig: ProgramRig;
  let client: RigClient;
  let sdk: SdkAccount;

  const opened = (): void => {
    rig = new ProgramRig(cli.dataDir, { allowsLive: true });
    client = rig.connect();
  };
  let cli: WalletCli;

  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    cli = new WalletCli(folder, 'live', keyring.env);
    const file = fileOf(folder, 'id.json', JSON.stringify([...wallet.secretKey]));
    await using terminal = cli.at('import', '--file', file, '--name', 'Trader');
    await setPassphrase(terminal, '');
    await terminal.ended();
    cluster = await LocalCluster.start({
      program: driftProgram(),
      startAt: Math.floor(Date.now() / 1000),
    });
    await openMarkets(cluster, { ammFills: false });
    maker = await MarketMaker.join(cluster);
    await maker.quote([
      { market: 'SOL', bidOffset: 30_000n, askOffset: 30_000n, size: DEEP },
      { market: 'SOL-PERP', bidOffset: 20_000n, askOffset: 20_000n, size: DEEP },
    ]);
    cluster.airdrop(owner, 100n * SOL);
    cluster.mintUsdc(owner, 20_000n * USDC);
    cluster.tick();
    opened();
    await client.ask('UPDATE_SETTINGS', {
      revision: 0,
      changes: { 'live.network': 'local', 'live.endpoints': cluster.rpcUrl },
    });
  });
  afterAll(async () => {
    await rig.close();
    await sdk.leave();
    await maker.leave();
    await cluster.close();
    await keyring[Symbol.asyncDispose]();
  });

  it('opens a sub-account of its own, which the checks then find', async () => {
    expect((await client.ask('CHECK_LIVE', WISH)).mayGoLive).toBe(false);
    const { subAccount } = await client.ask('CREATE_SUBACCOUNT', { name: 'hedge' });
    sdk = await SdkAccount.watch(cluster, wallet);
    expect(subAccount).toMatchObject({ number: 0, name: 'hedge', equity: '0', hasVault: false });
    const look = await client.ask('CHECK_LIVE', WISH);
    expect(look.checks.filter(({ state }) => state === 'failed' || state === 'unknown')).toEqual([]);
    expect(look.mayGoLive).toBe(true);
  });

  it('[R7.1] goes live, and reads its account before anything else', async () => {
    const running = client.nextStatus(({ state }) => state === 'running');
    await client.ask('START_ENGINE', LIVE);
    expect(await running).toMatchObject({ mode: 'live', venue: 'drift', subAccount: 0 });
    const { vaults } = await client.ask('GET_ALL_VAULTS', {});
    expect(vaults).toMatchObject([{ engine: 'funding', mode: 'live' }]);
  });

  it('[R6.10] deposits, asks before it hedges, and hedges on the yes', async () => {
    await client.ask('DRIFT_DEPOSIT', { asset: 'USDC', amount: '5000' });
    const asked = client.next(
      ({ frame }) => frame.type === 'ENGINE_STATUS' && frame.data.event?.kind === 'confirmationAsked',
    );
    await client.ask('DRIFT_DEPOSIT', { asset: 'SOL', amount: '20' });
    await asked;
    expect((await sdk.holdings()).size).toBe(0n);
    const { open } = await client.ask('GET_CONFIRMATIONS', {});
    const confirmationId = open[0]?.confirmationId ?? '';
    const { confirmation } = await client.ask('CONFIRM_TRADE', { confirmationId });
    expect(confirmation).toMatchObject({ confirmationId, answer: 'used' });
    expect(await sdk.holdings()).toMatchObject({ size: -20n * SOL, spot: 20n * SOL, cash: 5_000n * USDC });
    await vaultIsChain();
    expect((await client.refusal('CONFIRM_TRADE', { confirmationId })).code).toBe('CONFIRMATION_USED');
    expect(await client.ask('GET_CONFIRMATIONS', {})).toEqual({ open: [], standing: [] });
  });

  it('goes on by itself after the program has ended, with what is there, and corrects under a standing confirmation', async () => {
    await rig.close();
    opened();
    if (rig.status.state !== 'running') await client.nextStatus(({ state }) => state === 'running');
    expect(rig.status).toMatchObject({ mode: 'live', state: 'running' });
    await client.ask('GRANT_STANDING_CONFIRMATION', {
      engine: 'funding',
      standing: { perTrade: '5000', perDay: '20000', until: Date.now() + 3_600_000 },
    });
    const hedged = client.nextFigures(
      ({ perpSol, spotSol }) => perpSol === '-25' && spotSol.startsWith('25'),
    );
    await client.ask('DRIFT_DEPOSIT', { asset: 'SOL', amount: '5' });
    await hedged;
    await vaultIsChain();
  });

  it('takes up changed settings and nodes at once, and goes on', async () => {
    const node = await cluster.addNode();
    const reopened = client
      .nextStatus(({ state }) => state === 'recovering')
      .then(() => client.nextStatus(({ state }) => state === 'running'));
    const { revision } = await client.ask('GET_SETTINGS', {});
    await client.ask('UPDATE_SETTINGS', { revision, changes: { 'live.endpoints': node.rpcUrl } });
    await reopened;
    await client.ask('LIST_SUBACCOUNTS', {});
    await vaultIsChain();
    expect(rig.status.state).toBe('running');
  });

  it('[R3.7] withdraws within the rules, and refuses what would go under the floor, in words', async () => {
    await client.ask('DRIFT_WITHDRAW', { asset: 'USDC', amount: '100' });
    await vaultIsChain();
    await client.ask('DRIFT_WITHDRAW', { asset: 'USDC', amount: '4895' });
    const { spot } = await sdk.holdings();
    const error = await client.refusal('DRIFT_WITHDRAW', { asset: 'SOL', amount: '24' });
    expect(error.code).toBe('MINIMUM_COLLATERAL');
    expect((await sdk.holdings()).spot).toBe(spot);
    await vaultIsChain();
  });

  it('closes both legs on SOS, and stops', async () => {
    const { flat } = await client.ask('SOS', { flatten: true });
    expect(flat).toBe(true);
    expect((await sdk.holdings()).size).toBe(0n);
    await vaultIsChain();
    await client.ask('RELEASE_SOS', {});
    const { status } = await client.ask('STOP_ENGINE', { engine: 'funding' });
    expect(status).toMatchObject({ mode: 'live', state: 'stopped' });
  });

  it('takes back what was granted when it goes live again without', async () => {
    const { standing } = await client.ask('GET_CONFIRMATIONS', {});
    expect(standing).toHaveLength(1);
    const running = client.nextStatus(({ state }) => state === 'running');
    await client.ask('START_ENGINE', LIVE);
    await running;
    expect(await client.ask('GET_CONFIRMATIONS', {})).toMatchObject({ standing: [] });
    await client.ask('STOP_ENGINE', { engine: 'funding' });
  });

  it('starts nothing on a grant that makes no sense', async () => {
    const standing = { perTrade: '500', perDay: '100', until: Date.now() + 3_600_000 };
    const start = { ...LIVE, live: { ...LIVE.live, standing } };
    expect((await client.refusal('START_ENGINE', start)).code).toBe('INVALID_PAYLOAD');
    expect(rig.status.state).toBe('stopped');
  });

  it('restores no backup over the record of real trades', async () => {
    const { backup } = await client.ask('BACKUP', {});
    expect((await client.refusal('RESTORE', { backup })).code).toBe('NOT_SUPPORTED');
  });

  /** What the window shows of the ledger, against what the SDK reads from the chain: to the last unit. */
  async function vaultIsChain(): Promise<void> {
    await client.ask('VAULT_SYNC', { engine: 'funding' });
    const { balances } = await client.ask('GET_LEDGER', { engine: 'funding', limit: 1 });
    const of = (account: string): string => balances.find((one) => one.account === account)?.amount ?? '0';
    const inLedger = {
      cash: parseUsd(of('cash')),
      spot: parseBase(of('spot')),
      size: parseBase(of('perp:SOL-PERP')),
      quote: parseUsd(of('quote:SOL-PERP')),
      lamports: parseBase(of('wallet')),
    };
    expect(inLedger).toEqual(await sdk.holdings());
    expect(await client.ask('GET_DIFFERENCES', { engine: 'funding' })).toEqual({ differences: null });
  }
});

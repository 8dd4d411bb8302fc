import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProgram, openWallets, type Program } from '../../../src/main/app.ts';
import { LocalClient } from '../../../src/main/commands/localClient.ts';
import { SystemKeychain } from '../../../src/main/custody/keychain/systemKeychain.ts';
import { KeychainKeys } from '../../../src/main/custody/keys/keychainKeys.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { SecretBytes } from '../../../src/main/custody/secretBytes.ts';
import { startChildSigner } from '../../../src/main/custody/signer/childSigner.ts';
import type { SignerProcess } from '../../../src/main/custody/signer/signerProcess.ts';
import { wallClock } from '../../../src/main/platform/clock.ts';
import { pause } from '../../../src/main/platform/timers.ts';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 30_000;
const FOLDER_OPTIONS = { logLevel: undefined, stderrLevel: 'none' } as const;

/** The signer's answer to a question; `asked` and `answered` by performance.now(). */
export interface Signing {
  readonly asked: number;
  readonly answered: number;
}

/** The program as a user has it, live on a node, with its own signer, whose key is in the keychain that this process sees. */
export class LiveProgram {
  readonly client: LocalClient;
  /** Every signature that the signer gave. */
  readonly signings: Signing[];
  readonly #program: Program;
  readonly #folder: string;

  private constructor(program: Program, folder: string, signings: Signing[]) {
    this.#program = program;
    this.#folder = folder;
    this.signings = signings;
    this.client = new LocalClient(
      (carrier) => program.connect(carrier),
      () => undefined,
    );
  }

  /** @param secret the wallet's, 32 bytes; zeroed */
  static async start(url: string, secret: Uint8Array): Promise<LiveProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'phantom-arbiter-bench-'));
    await storeWallet(folder, secret);
    const signings: Signing[] = [];
    const program = openProgram({
      ...FOLDER_OPTIONS,
      dataDir: folder,
      appVersion: '0.0.0-bench',
      allowsLive: true,
      startSigner: () => watched(startChildSigner(process.env), signings),
    });
    const live = new LiveProgram(program, folder, signings);
    const { revision } = await live.client.command('GET_SETTINGS', {});
    const changes = { 'live.network': 'local', 'live.endpoints': url };
    await live.client.command('UPDATE_SETTINGS', { revision, changes });
    return live;
  }

  /** Goes live as a user does, with a standing confirmation that covers everything. */
  async goLive(): Promise<void> {
    const until = wallClock.now() + DAY_MS;
    const standing = { perTrade: '100000', perDay: '10000000', until };
    await this.client.command('START_ENGINE', {
      engine: 'funding',
      mode: 'live',
      live: { purpose: 'trading', typed: 'LIVE', standing },
    });
    const deadline = performance.now() + PATIENCE_MS;
    while (this.#program.glance().status.state !== 'running') {
      if (performance.now() > deadline)
        throw new Error(`the engine is not live: ${JSON.stringify(this.#program.glance().status)}`);
      await pause(50);
    }
  }

  /** The engine looks at its account now. */
  async look(): Promise<void> {
    await this.client.command('REQUEST_SYNC', {});
  }

  get status(): string {
    return JSON.stringify(this.#program.glance().status);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.#program.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function storeWallet(folder: string, bytes: Uint8Array): Promise<void> {
  using secret = SecretBytes.taken('key', bytes);
  using keypair = new Keypair(secret);
  const { address } = keypair;
  const fill = (room: Uint8Array): void => {
    randomFillSync(room);
  };
  const keys = new KeychainKeys({ keychain: new SystemKeychain(), fill, clock: wallClock });
  await keys.store(secret, { role: 'owner', owner: address, path: null }, undefined);
  const opened = openWallets({ ...FOLDER_OPTIONS, dataDir: folder });
  try {
    await opened.wallets.adopt(address, 'Bench');
    await opened.wallets.select(address);
  } finally {
    opened.close();
  }
}

/** The signer, and when it was asked to sign and had. */
function watched(signer: SignerProcess, signings: Signing[]): SignerProcess {
  const asked = new Map<number, number>();
  return {
    ...signer,
    post: (message) => {
      const { id, name } = message as { readonly id: number; readonly name: string };
      if (name === 'sign') asked.set(id, performance.now());
      signer.post(message);
    },
    onMessage: (heard) => {
      signer.onMessage((message) => {
        const { kind, id } = message as { readonly kind: string; readonly id?: number };
        const at = id === undefined ? undefined : asked.get(id);
        if (kind === 'answer' && at !== undefined) signings.push({ asked: at, answered: performance.now() });
        heard(message);
      });
    },
  };
}

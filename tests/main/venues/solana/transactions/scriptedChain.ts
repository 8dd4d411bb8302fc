import { base58Encode } from '../../../../../src/main/custody/base58.ts';
import type {
  AccountsAt,
  BlockhashLife,
  Chain,
  LandedTransaction,
  SignatureLine,
  SignatureStatus,
  Simulation,
} from '../../../../../src/main/venues/solana/chain.ts';
import { AppError } from '../../../../../src/shared/contract/appError.ts';
import type { ManualTime } from '../../../market/access/manualTime.ts';
import { silence } from '../../../market/access/failure.ts';

export const BLOCK_MS = 400;
const VALID_BLOCKS = 150;
const FINALITY_BLOCKS = 32;
const CONFIRMATION_BLOCKS = 2;
const FIRST_HEIGHT = 1_000;

/** What a node does when it is asked something. */
export type Answer = 'answers' | 'rateLimited' | 'breaks' | 'hangs';

/** Everything that can go wrong, switched on while a test needs it. */
export interface ChainFaults {
  /** What a simulation ends with. */
  simulation: { readonly error: unknown; readonly logs: readonly string[] } | undefined;
  simulating: Answer;
  readingFees: Answer;
  readingBlockhash: Answer;
  /** Sending answers so, and whether the bytes were taken all the same. */
  sending: Answer;
  takes: boolean;
  /** How many sent transactions get lost before the leader has one. */
  losesFirst: number;
  /** Until a transaction that was taken is in a block. */
  landsAfterMs: number;
  /** What its program says in the block. */
  landsWith: unknown;
  asking: Answer;
  /** A node's word against the truth. */
  lie: 'none' | 'confirmed' | 'absent' | 'failed' | 'otherTransaction';
  /** Whether `statusEverywhere` hears the same lie, or a node that tells the truth. */
  isLieEverywhere: boolean;
  /** How far the node that is asked is behind in what it says of heights. */
  behindBlocks: number;
  /** Blockhashes are given with so many blocks less to live than they have. */
  understatesLife: number;
  /** The block that a transaction is in stays on a fork. */
  staysProcessed: boolean;
}

const NO_FAULTS: ChainFaults = {
  simulation: undefined,
  simulating: 'answers',
  readingFees: 'answers',
  readingBlockhash: 'answers',
  sending: 'answers',
  takes: true,
  losesFirst: 0,
  landsAfterMs: 100,
  landsWith: null,
  asking: 'answers',
  lie: 'none',
  isLieEverywhere: true,
  behindBlocks: 0,
  understatesLife: 0,
  staysProcessed: false,
};

interface Landed {
  readonly height: number;
  readonly error: unknown;
}

/** A cluster that keeps the real one's rules about blockhashes, blocks and signatures, on a clock that is moved by hand. */
export class ScriptedChain implements Chain {
  readonly faults: ChainFaults = { ...NO_FAULTS };
  readonly #time: ManualTime;
  readonly #lives = new Map<string, number>();
  readonly #landed = new Map<string, Landed>();
  readonly #calls: string[] = [];
  readonly #sent: string[] = [];
  readonly #simulated: Uint8Array[] = [];
  recentFees: readonly number[] = [];
  unitsConsumed: number | null = 10_000;

  constructor(time: ManualTime) {
    this.#time = time;
  }

  /** Names of what was asked, in order. */
  get calls(): readonly string[] {
    return this.#calls;
  }

  /** Base64 of every transaction that reached a node, each time. */
  get sent(): readonly string[] {
    return this.#sent;
  }

  get simulated(): readonly Uint8Array[] {
    return this.#simulated;
  }

  /** Signatures of what was done, in blocks, and not undone. */
  get effects(): readonly string[] {
    return [...this.#landed].filter(([, { error }]) => error === null).map(([signature]) => signature);
  }

  /** Signatures that are in a block, whatever came of them. */
  get inBlocks(): readonly string[] {
    return [...this.#landed.keys()];
  }

  get height(): number {
    return FIRST_HEIGHT + Math.floor(this.#time.now() / BLOCK_MS);
  }

  latestBlockhash(): Promise<BlockhashLife> {
    const height = this.height - CONFIRMATION_BLOCKS;
    const hash = Buffer.alloc(32, 1);
    hash.writeUInt32LE(height);
    const blockhash = text(base58Encode(hash));
    this.#lives.set(blockhash, height + VALID_BLOCKS);
    const lastValidBlockHeight = height + VALID_BLOCKS - this.faults.understatesLife;
    return this.#answer('latestBlockhash', this.faults.readingBlockhash, { blockhash, lastValidBlockHeight });
  }

  blockHeight(commitment: 'confirmed' | 'finalized'): Promise<number> {
    const depth = commitment === 'finalized' ? FINALITY_BLOCKS : CONFIRMATION_BLOCKS;
    // The confirmed one is asked for along with a blockhash.
    const answer = commitment === 'finalized' ? this.faults.asking : this.faults.readingBlockhash;
    return this.#answer('blockHeight', answer, this.height - depth - this.faults.behindBlocks);
  }

  slot(): Promise<number> {
    return this.#answer('slot', 'answers', this.height);
  }

  accounts(): Promise<AccountsAt> {
    return Promise.reject(new Error('Nothing here has accounts.'));
  }

  simulate(wire: Uint8Array): Promise<Simulation> {
    this.#simulated.push(wire);
    const { simulation } = this.faults;
    return this.#answer('simulate', this.faults.simulating, {
      error: simulation?.error ?? null,
      logs: simulation?.logs ?? [],
      unitsConsumed: this.unitsConsumed,
    });
  }

  send(wire: Uint8Array): Promise<void> {
    if (this.faults.takes) this.take(wire);
    return this.#answer('send', this.faults.sending, undefined);
  }

  /** A leader has it, by whatever way. */
  take(wire: Uint8Array): void {
    this.#sent.push(Buffer.from(wire).toString('base64'));
    if (this.faults.losesFirst > 0) {
      this.faults.losesFirst -= 1;
      return;
    }
    const error = this.faults.landsWith;
    this.#time.after(this.faults.landsAfterMs, () => {
      this.#land(wire, error);
    });
  }

  statuses(signatures: readonly string[]): Promise<readonly (SignatureStatus | null)[]> {
    const said = signatures.map((signature) => this.#lied(signature));
    return this.#answer('statuses', this.faults.asking, said);
  }

  statusEverywhere(signature: string): Promise<SignatureStatus | null> {
    const said = this.faults.isLieEverywhere ? this.#lied(signature) : this.#status(signature);
    return this.#answer('statusEverywhere', this.faults.asking, said);
  }

  transaction(signature: string): Promise<LandedTransaction | null> {
    const landed = this.#landed.get(signature);
    const isHidden = landed === undefined || this.faults.lie === 'absent';
    const shown = isHidden ? null : this.#shown(signature, landed);
    return this.#answer('transaction', this.faults.asking, shown);
  }

  signaturesFor(): Promise<readonly SignatureLine[]> {
    return Promise.reject(new Error('Nothing here has a history.'));
  }

  recentPriorityFees(): Promise<readonly number[]> {
    return this.#answer('recentPriorityFees', this.faults.readingFees, this.recentFees);
  }

  /** Once, and only while its blockhash lives. */
  #land(wire: Uint8Array, error: unknown): void {
    const signature = text(base58Encode(wire.subarray(1, 65)));
    const blockhash = blockhashOf(wire);
    const isAlive = this.height <= (this.#lives.get(blockhash) ?? -1);
    if (isAlive && !this.#landed.has(signature)) this.#landed.set(signature, { height: this.height, error });
  }

  #shown(signature: string, { height, error }: Landed): LandedTransaction {
    return {
      signature: this.faults.lie === 'otherTransaction' ? `${signature.slice(0, -1)}1` : signature,
      slot: height,
      blockTime: null,
      error,
      logs: error === null ? ['Program log: done'] : ['Program log: AnchorError: too bad'],
      fee: 5_000n,
      payer: { address: 'payer', before: 1_000_000n, after: 995_000n },
      balances: [],
    };
  }

  #status(signature: string): SignatureStatus | null {
    const landed = this.#landed.get(signature);
    if (landed === undefined) return null;
    const depth = this.height - landed.height;
    const confirmed = depth >= FINALITY_BLOCKS ? 'finalized' : 'confirmed';
    const isProcessed = depth < CONFIRMATION_BLOCKS || this.faults.staysProcessed;
    return { slot: landed.height, commitment: isProcessed ? 'processed' : confirmed, error: landed.error };
  }

  #lied(signature: string): SignatureStatus | null {
    switch (this.faults.lie) {
      case 'none':
      case 'otherTransaction':
        return this.#status(signature);
      case 'absent':
        return null;
      case 'confirmed':
        return { slot: this.height, commitment: 'confirmed', error: null };
      case 'failed':
        return { slot: this.height, commitment: 'confirmed', error: { InstructionError: [0, 'Custom'] } };
    }
  }

  #answer<Said>(name: string, answer: Answer, said: Said): Promise<Said> {
    this.#calls.push(name);
    switch (answer) {
      case 'answers':
        return Promise.resolve(said);
      case 'rateLimited':
        return Promise.reject(new AppError('RATE_LIMITED', 'Too many requests.'));
      case 'breaks':
        return Promise.reject(new AppError('VENUE_UNAVAILABLE', 'No node answers.'));
      case 'hangs':
        return silence();
    }
  }
}

const text = (ascii: Uint8Array): string => Buffer.from(ascii).toString('ascii');

/** Of a message with a version: after its keys. */
function blockhashOf(wire: Uint8Array): string {
  const message = wire.subarray(65);
  const keys = message[4] ?? 0;
  const at = 5 + keys * 32;
  return text(base58Encode(message.subarray(at, at + 32)));
}

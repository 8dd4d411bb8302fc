import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NodeOrder, NodeReport } from './nodeReport.ts';

const PROGRAM = fileURLToPath(new URL('nodeProgram.ts', import.meta.url));

type Asked = Extract<NodeReport, { kind: 'asked' }>;

/** The local node in a process of its own, so that nothing of its work is counted as the program's. */
export class NodeProcess {
  readonly url: string;
  /** Of the wallet whose account there is. */
  readonly secret: Uint8Array;
  /** Everything that the program has asked it. */
  readonly asked: Asked[] = [];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, secret }: Extract<NodeReport, { kind: 'listening' }>) {
    this.#child = child;
    this.url = url;
    this.secret = Buffer.from(secret, 'hex');
    child.on('message', (report: NodeReport) => {
      if (report.kind === 'asked') this.asked.push(report);
    });
  }

  static async start(): Promise<NodeProcess> {
    const child = fork(PROGRAM);
    const [report] = (await once(child, 'message')) as [NodeReport];
    if (report.kind !== 'listening') throw new Error('the node speaks before it listens');
    return new NodeProcess(child, report);
  }

  /** The owner deposits SOL elsewhere. @returns when the account had changed, Unix ms */
  async deposit(lamports: bigint): Promise<number> {
    const changed = this.#report((report) => (report.kind === 'changed' ? report.at : undefined));
    this.#child.send({ lamports: `${lamports}` } satisfies NodeOrder);
    return await changed;
  }

  /** When the program sends its next transaction, Unix ms. */
  sent(): Promise<number> {
    return this.#report((report) =>
      report.kind === 'asked' && report.method === 'sendTransaction' ? report.at : undefined,
    );
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  #report<T>(find: (report: NodeReport) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const listen = (report: NodeReport): void => {
        const found = find(report);
        if (found === undefined) return;
        this.#child.off('message', listen);
        resolve(found);
      };
      this.#child.on('message', listen);
    });
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { FromCluster, ToCluster } from './clusterProcess.ts';

const PROCESS = fileURLToPath(new URL('clusterProcess.ts', import.meta.url));

/** A cluster in a process of its own, so that its chain goes on while a page is waited for. */
export class ClusterClient implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly rpcUrl: string;

  private constructor(process: ChildProcess, rpcUrl: string) {
    this.#process = process;
    this.rpcUrl = rpcUrl;
  }

  /** @param secretKey of whoever has an account there: 64 bytes */
  static async start(secretKey: Uint8Array): Promise<ClusterClient> {
    const child = fork(PROCESS, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const begun = await asked(child, { do: 'begin', secretKey: [...secretKey] });
    if (!('rpcUrl' in begun)) throw new Error('the cluster has no address');
    return new ClusterClient(child, begun.rpcUrl);
  }

  async ask(message: Exclude<ToCluster, { do: 'begin' }>): Promise<void> {
    await asked(this.#process, message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}

/** What it answers. Rejects when it ends instead. */
function asked(child: ChildProcess, message: ToCluster): Promise<FromCluster> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => {
      reject(new Error(`the cluster ended with ${code}`));
    };
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as FromCluster);
    });
    child.send(message);
  });
}

import { EventEmitter } from 'node:events';
import type { ForkOptions, MessagePortMain, UtilityProcess } from 'electron';

/** A port that remembers whether anybody of this process has looked into it. */
export class StandInPort implements Pick<MessagePortMain, 'close' | 'postMessage' | 'start'> {
  readonly touched: string[] = [];

  on(event: string): this {
    this.touched.push(`on ${event}`);
    return this;
  }
  start(): void {
    this.touched.push('start');
  }
  close(): void {
    this.touched.push('close');
  }
  postMessage(): void {
    this.touched.push('postMessage');
  }
}

export class MessageChannelMain {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();
}

/** A process that was asked for, and what was said to it. */
export class StandInProcess extends EventEmitter implements Pick<UtilityProcess, 'kill' | 'postMessage'> {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: ForkOptions;
  readonly heard: { readonly message: unknown; readonly transfer: readonly unknown[] }[] = [];
  isKilled = false;

  constructor(file: string, args: readonly string[], options: ForkOptions) {
    super();
    this.file = file;
    this.args = args;
    this.options = options;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    this.heard.push({ message, transfer });
  }
  kill(): boolean {
    this.isKilled = true;
    return true;
  }
}

export const processes: StandInProcess[] = [];

export const utilityProcess = {
  fork(file: string, args: readonly string[] = [], options: ForkOptions = {}): StandInProcess {
    const made = new StandInProcess(file, args, options);
    processes.push(made);
    return made;
  },
};

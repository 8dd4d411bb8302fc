/**
 * The signer as the desktop has it: with a line to the program, and a port for each ceremony. Here both run over the one
 * channel of this process, where every message says which it came on.
 */
import { EventEmitter } from 'node:events';

/** A message on the way from or to this process. */
export interface Routed {
  readonly line: 'program' | 'programWithPort' | 'port' | 'portClosed';
  readonly data: unknown;
}

const send = (line: Routed['line'], data: unknown): void => {
  const routed: Routed = { line, data };
  process.send?.(routed);
};

class Port extends EventEmitter {
  postMessage(message: unknown): void {
    send('port', message);
  }
  start(): void {
    process.on('message', this.#hear);
  }
  close(): void {
    process.off('message', this.#hear);
  }
  readonly #hear = ({ line, data }: Routed): void => {
    if (line === 'port') this.emit('message', { data });
    if (line === 'portClosed') this.emit('close');
  };
}

const parentPort = new EventEmitter();
Object.assign(parentPort, {
  postMessage: (message: unknown) => {
    send('program', message);
  },
});
process.on('message', ({ line, data }: Routed) => {
  if (line === 'program') parentPort.emit('message', { data, ports: [] });
  if (line === 'programWithPort') parentPort.emit('message', { data, ports: [new Port()] });
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
// As Electron ends it with the program.
process.on('disconnect', () => process.exit(0));

await import('../../../src/main/custody/signer/main.ts');

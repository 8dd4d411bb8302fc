import type { CeremonyPort } from '../ceremony/portDialogue.ts';
import type { MessageFromSigner } from './signerMessages.ts';

/** The line to the program that has started the signer. */
export interface ParentLink {
  post(message: MessageFromSigner): void;
  listen(heard: (message: unknown, port: CeremonyPort | undefined) => void): void;
}

/** A port as Electron hands it to a utility process (MessagePortMain). */
interface PassedPort {
  postMessage(message: unknown): void;
  on(event: 'message', heard: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', heard: () => void): void;
  start(): void;
  close(): void;
}

/** What Electron gives a utility process in place of an IPC channel. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    heard: (event: { readonly data: unknown; readonly ports: readonly PassedPort[] }) => void,
  ): void;
}

/** The line of a utility process of Electron, or of a child process of Node.js. The signer ends with it. */
export function parentLink(): ParentLink {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  return parentPort === undefined ? childLink() : utilityLink(parentPort);
}

function childLink(): ParentLink {
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => {
      if (process.connected) process.send?.(message);
    },
    listen: (heard) => {
      process.on('message', (message) => {
        heard(message, undefined);
      });
    },
  };
}

const utilityLink = (parent: ParentPort): ParentLink => ({
  post: (message) => {
    // A port of Electron's, which has no origins; the rule means a browser's window.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    parent.postMessage(message);
  },
  listen: (heard) => {
    parent.on('message', ({ data, ports: [port] }) => {
      heard(data, port && ceremonyPort(port));
    });
  },
});

const ceremonyPort = (port: PassedPort): CeremonyPort => ({
  post: (message) => {
    port.postMessage(message);
  },
  listen: (heard, closed) => {
    port.on('message', ({ data }) => {
      heard(data);
    });
    port.on('close', closed);
    port.start();
  },
  close: () => {
    port.close();
  },
});

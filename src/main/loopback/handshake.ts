import { authFrame, helloFrame, welcomeFrame } from '../../shared/contract/handshake.ts';
import { PROTOCOL } from '../../shared/contract/protocol.ts';
import { secretHex } from '../platform/secretBytes.ts';
import { clientProof, isSameProof, serverProof } from './proof.ts';

/** Why a socket is closed before it was let in. */
export const HANDSHAKE_CLOSE_CODES = {
  /** The proof is wrong, or something else came first. */
  unauthorized: 4001,
  /** No AUTH in time. */
  tooLate: 4002,
  /** Too many wait to be let in. */
  tryAgainLater: 1013,
} as const;

/** How long a client may take to prove that it knows the key. */
export const HANDSHAKE_MS = 10_000;

const NONCE_BYTES = 32;

/** The mutual challenge of one connection: each side proves that it knows the key, without showing it. */
export class Handshake {
  readonly #key: string;
  readonly #nonce = secretHex(NONCE_BYTES);

  constructor(key: string) {
    this.#key = key;
  }

  /** The first frame to the client. */
  get hello(): string {
    return JSON.stringify(helloFrame.parse({ type: 'HELLO', protocol: PROTOCOL, nonce: this.#nonce }));
  }

  /** The WELCOME to a client's AUTH, or undefined for anything that doesn't prove the key on this connection. */
  welcome(text: string, instanceId: string): string | undefined {
    const auth = authFrame.safeParse(parsed(text));
    if (!auth.success) return undefined;
    const { nonce, proof } = auth.data;
    if (!isSameProof(proof, clientProof(this.#key, this.#nonce, nonce))) return undefined;
    return JSON.stringify(
      welcomeFrame.parse({
        type: 'WELCOME',
        proof: serverProof(this.#key, nonce, this.#nonce),
        instanceId,
      }),
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

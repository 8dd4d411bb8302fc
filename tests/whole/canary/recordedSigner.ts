import { appendFileSync } from 'node:fs';
import { serialize } from 'node:v8';

import type { SignerProcess } from '../../../src/main/custody/signer/signerProcess.ts';

/** Writes every message between a program and its signer into a file, as it travels from process to process. */
export function recorded(signer: SignerProcess, file: string): SignerProcess {
  const record = (message: unknown): void => {
    appendFileSync(file, serialize(message));
  };
  return {
    ...signer,
    post: (message) => {
      record(message);
      signer.post(message);
    },
    onMessage: (heard) => {
      signer.onMessage((message) => {
        record(message);
        heard(message);
      });
    },
  };
}

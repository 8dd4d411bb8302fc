import { protocol } from 'electron';
import { secretBase64 } from '../platform/secretBytes.ts';
import { APP_SCHEME } from './appAddress.ts';
import { pageAnswer } from './pageAnswer.ts';
import type { PageFiles } from '../platform/pageFiles.ts';

const NONCE_BYTES = 18;

/** Makes our scheme an origin like any other. Electron takes this only before it is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page on our scheme. */
export function servePage(files: PageFiles): void {
  protocol.handle(APP_SCHEME, (request) => {
    const { status, headers, body } = pageAnswer(request, files, secretBase64(NONCE_BYTES));
    return new Response(body === null ? null : Buffer.from(body), { status, headers });
  });
}

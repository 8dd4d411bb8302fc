import { session, type Session } from 'electron';
import { APP_SCHEME } from './appAddress.ts';
import { keyWindowPath } from './keyWindowAddress.ts';
import { keyWindowAnswer } from './keyWindowAnswer.ts';
import type { KeyWindowFiles } from './keyWindowFiles.ts';

/**
 * A session that nothing else shares, in memory only: it can load the files of the key window, and has no permission,
 * no network and no download.
 * @param name new for every window, so that none sees what another left
 */
export function keyWindowSession(name: string, files: KeyWindowFiles): Session {
  // Without `persist:` before its name, a session is never written to disk.
  const own = session.fromPartition(name, { cache: false });
  own.protocol.handle(APP_SCHEME, (request) => {
    const { status, headers, body } = keyWindowAnswer(request, files);
    return new Response(body === null ? null : Buffer.from(body), { status, headers });
  });
  own.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: keyWindowPath(url) === undefined });
  });
  own.on('will-download', (event) => {
    event.preventDefault();
  });
  return own;
}

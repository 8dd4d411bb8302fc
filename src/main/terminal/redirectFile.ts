import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REDIRECT_FILE = 'open.html';

/** A file that sends a browser to an address, so that the address, and the key in it, stands in no list of processes. */
export interface RedirectFile {
  readonly path: string;
  remove(): void;
}

/** Written anew at each start, for the owner's eyes only. */
export function writeRedirectFile(dataDir: string, address: string): RedirectFile {
  const path = join(dataDir, REDIRECT_FILE);
  // Created here and now: one that somebody else has put there keeps its mode, or leads elsewhere.
  rmSync(path, { force: true });
  writeFileSync(path, pageTo(address), { mode: 0o600, flag: 'wx' });
  return {
    path,
    remove: () => {
      rmSync(path, { force: true });
    },
  };
}

function pageTo(address: string): string {
  const safe = address.replaceAll(/["&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${safe}">
<title>Phantom Arbiter</title>
<p><a href="${safe}">Open Phantom Arbiter</a></p>
`;
}

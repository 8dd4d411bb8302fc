/** Debian's packages, for programs that tests need: installed where that needs nobody's password. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const APT_GET = '/usr/bin/apt-get';

/** Whether packages can be installed here without anybody being asked. */
export const mayInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync(APT_GET);

/** Whether they are installed now; the lists of what there is are only fetched when it doesn't work without. */
export function installPackages(...names) {
  const install = () => apt('install', '-y', '--no-install-recommends', ...names);
  return install() || (apt('update') && install());
}

/** Whether apt-get did what it was asked for; its chatter is no news. */
function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(APT_GET, ['-q', ...args], { stdio: 'ignore', env }).status === 0;
}

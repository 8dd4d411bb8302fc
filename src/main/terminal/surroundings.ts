import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What of the computer and the session decides how the app can be shown. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** Whether a window could be seen. Only Linux says so. */
  readonly hasDisplay: boolean;
  /** Whether the user sits at another computer. */
  readonly isRemote: boolean;
  /** Chromium's sandbox refuses root, on Linux. */
  readonly isRoot: boolean;
  /** Whether the kernel lets Chromium build its sandbox; always true outside Linux. */
  readonly hasSandbox: boolean;
}

const REMOTE = ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY'];
const SETUID_ROOT = 0o4000;

/** Looks around; cheap, and changes nothing. @param electron the folder of the package */
export function lookAround(electron: string, env: NodeJS.ProcessEnv): Surroundings {
  const { platform } = process;
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const isLinux = platform === 'linux';
  return {
    platform,
    hasDisplay: !isLinux || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY'),
    isRemote: REMOTE.some(isSet),
    isRoot: isLinux && process.getuid?.() === 0,
    hasSandbox: !isLinux || hasUserNamespaces() || isSetuidRoot(join(electron, 'dist', 'chrome-sandbox')),
  };
}

/** Kernels that have no such switch allow what the switch would forbid. */
function hasUserNamespaces(): boolean {
  return (
    kernelSetting('kernel/unprivileged_userns_clone') !== 0 &&
    kernelSetting('user/max_user_namespaces') !== 0 &&
    kernelSetting('kernel/apparmor_restrict_unprivileged_userns') !== 1
  );
}

function kernelSetting(name: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/sys/${name}`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The sandbox's older way, a helper that an administrator has allowed. */
function isSetuidRoot(file: string): boolean {
  try {
    const { uid, mode } = statSync(file);
    return uid === 0 && (mode & SETUID_ROOT) !== 0;
  } catch {
    return false;
  }
}

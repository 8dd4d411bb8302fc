import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { whyNoKeyring } from '../../build/keyring.mjs';

/**
 * What a test finds on its session bus: a keyring that is `unlocked`; one that is there and `locked`; one in `plain`
 * text; a service with `noKeyring`; or the bus with `noService`.
 */
export type KeyringState = 'unlocked' | 'locked' | 'plain' | 'noKeyring' | 'noService';

export interface KeyringOptions {
  /** Asking for the password takes for ever, as with somebody who isn't there. Otherwise nobody can be asked. */
  readonly asksForEver?: boolean;
}

const PASSWORD = 'the password of a keyring for tests';
const [SERVICE, ROOT] = ['org.freedesktop.secrets', '/org/freedesktop/secrets'];
const LOGIN = `${ROOT}/collection/login`;
const PLAIN_KEYRING =
  '[keyring]\ndisplay-name=Plain\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n';

/** Why no test here can have a keychain of its own; undefined where it can. */
const absence = whyNoKeyring();
if (absence !== undefined && process.platform === 'linux' && process.env['CI'])
  throw new Error(`The keychain has to be tested in CI, but ${absence}.`);

/** Tests with a keychain are skipped without one, and this at the end of their title says why. */
export const hasKeyring = absence === undefined;
export const whySkipped = absence === undefined ? '' : ` (skipped: ${absence})`;

/** A session bus and a gnome-keyring of a test's own: nothing of the person at this computer is read or written. */
export class Keyring implements AsyncDisposable {
  /** What a program needs to find it, and not to find a person's own. */
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #bus: ChildProcess;
  #daemon: ChildProcess | undefined;

  private constructor(folder: string, env: NodeJS.ProcessEnv, bus: ChildProcess) {
    this.#folder = folder;
    this.env = env;
    this.#bus = bus;
  }

  static async start(state: KeyringState, options: KeyringOptions = {}): Promise<Keyring> {
    const folder = mkdtempSync(path.join(tmpdir(), 'keyring-'));
    // The kernel ends it with this process, however that ends, and the service ends with its bus.
    const bus = spawn(
      'setpriv',
      [
        '--pdeathsig=KILL',
        'dbus-daemon',
        '--nofork',
        '--print-address',
        `--config-file=${busConfig(folder, options)}`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    preferred(bus);
    const [address] = (await once(createInterface(bus.stdout), 'line')) as [string];
    const keyring = new Keyring(folder, envOf(folder, address), bus);
    try {
      await keyring.#bring(state);
      return keyring;
    } catch (error) {
      await keyring[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Lets this process find it. The library looks for the bus once: before the first call, and never again. */
  applyHere(): void {
    for (const [name, value] of Object.entries(this.env)) process.env[name] = value;
  }

  /** The process of the Secret Service. */
  get servicePid(): number {
    return this.#daemon?.pid ?? 0;
  }

  /** Whether somebody is being asked for a password now (`asksForEver`). The bus starts whoever asks. */
  get isAsking(): boolean {
    const { pid = 0 } = this.#bus;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim() !== '';
  }

  /** The folder in which the keyrings lie. */
  get keyrings(): string {
    return path.join(this.#folder, 'data', 'keyrings');
  }

  lock(): void {
    this.#send(SERVICE, ROOT, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${LOGIN}`);
  }

  /** Restarts the service with its password: a running one takes it only from a window. */
  async unlock(): Promise<void> {
    await this.end();
    await this.#unlocked();
  }

  /** How many entries the keyring has, of whichever program. */
  itemCount(): number {
    const [of, property] = ['string:org.freedesktop.Secret.Collection', 'string:Items'];
    const reply = this.#send(SERVICE, LOGIN, 'org.freedesktop.DBus.Properties.Get', of, property);
    return reply.split('object path').length - 1;
  }

  /** Starts the service, which knows no password yet. */
  async begin(): Promise<void> {
    this.#spawn(['--foreground', '--components=secrets']);
    await this.#until(() =>
      this.#send(
        'org.freedesktop.DBus',
        '/',
        'org.freedesktop.DBus.NameHasOwner',
        `string:${SERVICE}`,
      ).includes('true'),
    );
  }

  /** Ends the service; what it keeps stays on the disk. */
  async end(): Promise<void> {
    await killed(this.#daemon);
    this.#daemon = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await killed(this.#bus);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #bring(state: KeyringState): Promise<void> {
    if (state === 'noService') return;
    if (state === 'plain') this.#writePlain();
    if (state === 'locked' || state === 'unlocked') await this.#unlocked();
    if (state === 'locked') await this.end();
    if (state !== 'unlocked') await this.begin();
  }

  async #unlocked(): Promise<void> {
    this.#spawn(['--foreground', '--components=secrets', '--unlock'], PASSWORD);
    await this.#until(() => this.#isUnlocked());
  }

  #writePlain(): void {
    mkdirSync(this.keyrings, { recursive: true });
    writeFileSync(path.join(this.keyrings, 'plain.keyring'), PLAIN_KEYRING);
    writeFileSync(path.join(this.keyrings, 'default'), 'plain');
  }

  #isUnlocked(): boolean {
    const [of, property] = ['string:org.freedesktop.Secret.Collection', 'string:Locked'];
    return this.#send(SERVICE, LOGIN, 'org.freedesktop.DBus.Properties.Get', of, property).includes('false');
  }

  #spawn(options: readonly string[], input = ''): void {
    const daemon = spawn('gnome-keyring-daemon', options, {
      env: this.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#daemon = daemon;
    preferred(daemon);
    daemon.stdin.end(input);
  }

  #send(...message: readonly string[]): string {
    const [to = '', ...rest] = message;
    return execFileSync('dbus-send', ['--session', '--print-reply', `--dest=${to}`, ...rest], {
      env: this.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  /** Asks until the service has come as far as that; each question takes a few milliseconds by itself. */
  async #until(isReady: () => boolean): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      if (this.#daemon?.exitCode !== null) break;
      try {
        if (isReady()) return;
      } catch {
        // It isn't on the bus yet.
      }
      await new Promise(setImmediate);
    }
    throw new Error('gnome-keyring-daemon did not become ready');
  }
}

/** Everything that would lead to a person's own keychain leads into the folder, or nowhere. */
function envOf(folder: string, address: string): NodeJS.ProcessEnv {
  const at = (name: string): string => {
    mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 });
    return path.join(folder, name);
  };
  return {
    ...process.env,
    DBUS_SESSION_BUS_ADDRESS: address,
    HOME: at('home'),
    XDG_RUNTIME_DIR: at('run'),
    XDG_DATA_HOME: at('data'),
    XDG_CONFIG_HOME: at('config'),
    XDG_CACHE_HOME: at('cache'),
    GNOME_KEYRING_CONTROL: '',
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
  };
}

/** A bus that starts nothing by itself, but for somebody who is asked for a password and never answers. */
function busConfig(folder: string, { asksForEver = false }: KeyringOptions): string {
  const services = path.join(folder, 'services');
  if (asksForEver) {
    mkdirSync(services);
    // dbus-monitor never takes the name that it is started for, and ends with the bus.
    const service = '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/usr/bin/dbus-monitor\n';
    writeFileSync(path.join(services, 'prompter.service'), service);
  }
  const config = path.join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig>
      <type>session</type>
      <listen>unix:dir=${folder}</listen>
      <auth>EXTERNAL</auth>
      ${asksForEver ? `<servicedir>${services}</servicedir>` : ''}
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
      </policy>
      <limit name="service_start_timeout">600000</limit>
    </busconfig>`,
  );
  return config;
}

/**
 * On a busy machine the service comes before those who wait for it: a client gives up after two seconds, and
 * gnome-keyring 42 falls over when it then begins with the client's question. Only root may.
 */
function preferred({ pid = 0 }: ChildProcess): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGHEST);
  } catch {
    // As it is, then.
  }
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

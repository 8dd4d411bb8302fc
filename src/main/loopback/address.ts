/** Nobody else can reach it: neither the network nor, by its Host, a page of another origin. */
export const LOOPBACK = '127.0.0.1';
/** Not assigned to anyone, and below the ports that systems hand out by themselves (from 32768 up). */
export const DEFAULT_PORT = 27_316;
/** Where the socket is. */
export const SOCKET_PATH = '/ws';

/** The names by which a browser on this computer may call us. */
const NAMES = [LOOPBACK, 'localhost'] as const;

/** Port 80 is left out by browsers. */
const authority = (name: string, port: number): string => (port === 80 ? name : `${name}:${port}`);

/** The values of `Host` that are ours. Any other is a name somebody else has pointed at this computer. */
export const hostsOf = (port: number): readonly string[] => NAMES.map((name) => authority(name, port));

/** The values of `Origin` that our own page sends. */
export const originsOf = (port: number): readonly string[] => hostsOf(port).map((host) => `http://${host}`);

/** What a page's script may connect to, beside its own origin. */
export const socketsOf = (port: number): readonly string[] => hostsOf(port).map((host) => `ws://${host}`);

/** The page's address with the key in its fragment, which no browser sends anywhere. */
export const addressOf = (port: number, key: string): string =>
  `http://${authority(LOOPBACK, port)}/#key=${key}`;

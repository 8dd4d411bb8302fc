import { AppError } from '../../../../shared/contract/appError.ts';

/** What a user enters of a node. Either may hold a key: in its path, its query, its user and password. */
export interface NodeUrls {
  readonly http: string;
  /** Left out, it is where the cluster's own software listens: the port after, or the same address behind a proxy. */
  readonly ws?: string | undefined;
}

const HIDDEN = '…';
/** A part of a host that is no word: 16 letters and digits and more, with both among them. */
const RANDOM_LABEL = /^(?=.*\d)(?=.*[a-z])[a-z\d]{16,}$/i;
/** Shorter parts of a path are words such as `v1` and `rpc`, and in every text by chance. */
const SHORTEST_SECRET = 4;
const LONGEST_SAYING = 160;
const URL_LOOK = /\b(?:https?|wss?):\/\/\S+/gi;

/**
 * Where a node is, and what it may be called. The addresses are private fields, so that no log, view or error takes them
 * along by accident.
 */
export class NodeAddress {
  /** The host, and the port where it isn't the usual one. */
  readonly name: string;
  readonly #http: URL;
  readonly #ws: URL;
  readonly #secrets: readonly string[];

  /** @throws AppError INVALID_SETTING where a URL is none, without repeating it. */
  constructor({ http, ws }: NodeUrls) {
    this.#http = urlOf(http, ['http:', 'https:'], 'http');
    this.#ws = ws === undefined ? socketUrlOf(this.#http) : urlOf(ws, ['ws:', 'wss:'], 'ws');
    this.name = nameOf(this.#http);
    const secrets = [this.#http, this.#ws].flatMap(secretsOf);
    // A secret that holds another goes first, or the rest of it would stay.
    this.#secrets = [...new Set(secrets)].sort((a, b) => b.length - a.length);
  }

  /** For a request: the URL without user and password, which go into a header. */
  get http(): Target {
    return targetOf(this.#http);
  }

  get ws(): Target {
    return targetOf(this.#ws);
  }

  /** What a node or a library said, in one short line, without any secret of this address. */
  scrub(text: string): string {
    let clean = text.replace(URL_LOOK, HIDDEN);
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, HIDDEN);
    clean = clean.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
    return clean.length > LONGEST_SAYING ? `${clean.slice(0, LONGEST_SAYING)}${HIDDEN}` : clean;
  }
}

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

function urlOf(text: string, protocols: readonly string[], kind: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined || !protocols.includes(url.protocol) || url.hostname === '')
    throw new AppError(
      'INVALID_SETTING',
      `The address of a Solana node has to begin with ${protocols.join('// or ')}//.`,
      {
        kind,
      },
    );
  return url;
}

function socketUrlOf(http: URL): URL {
  const url = new URL(http.href.replace(/^http/, 'ws'));
  if (http.port !== '') url.port = String(Number(http.port) + 1);
  return url;
}

function nameOf({ hostname, port }: URL): string {
  const host = hostname
    .split('.')
    .map((label) => (RANDOM_LABEL.test(label) ? HIDDEN : label))
    .join('.');
  return port === '' ? host : `${host}:${port}`;
}

/** Whatever of a URL only its owner knows, as it stands there and as it reads. */
function secretsOf(url: URL): readonly string[] {
  const parts = [
    url.username,
    url.password,
    ...url.pathname.split('/'),
    url.search.slice(1),
    ...url.searchParams.values(),
    url.hash.slice(1),
    ...url.hostname.split('.').filter((label) => RANDOM_LABEL.test(label)),
  ];
  return parts
    .flatMap((part) => [part, decoded(part), encodeURIComponent(part)])
    .filter((part) => part.length >= SHORTEST_SECRET);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function targetOf(url: URL): Target {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  if (url.username === '' && url.password === '') return { url: bare.href, headers: {} };
  const login = `${decoded(url.username)}:${decoded(url.password)}`;
  return { url: bare.href, headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` } };
}

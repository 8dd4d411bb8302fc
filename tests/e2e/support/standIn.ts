import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

import { WebSocketServer, type RawData, type WebSocket } from 'ws';

import type { StatusSnapshot } from '../../../src/shared/contract/commands/engineCommands.ts';
import type { EquityPointView } from '../../../src/shared/contract/commands/vaultCommands.ts';
import type { EngineEventMessage, EngineStatusData } from '../../../src/shared/contract/engineStatus.ts';
import type { ErrorReply } from '../../../src/shared/contract/errorReply.ts';
import type { BroadcastFrame } from '../../../src/shared/contract/frames.ts';
import type { FundingUpdateData } from '../../../src/shared/contract/fundingUpdate.ts';
import { authFrame, clientProofText, serverProofText } from '../../../src/shared/contract/handshake.ts';
import { PROTOCOL } from '../../../src/shared/contract/protocol.ts';
import { ROOT } from './host.ts';

const KEY = '5'.repeat(64);
const INSTANCE = 'stand-in';
const CURVE_POINTS = 800;
const PAGES = join(ROOT, 'out', 'renderer');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const hmac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');

/** What a stand-in answers to a command; undefined where it has no word of its own for it. */
export type Answers = (command: string, payload: unknown) => Answer | undefined;
export type Answer = ({ readonly status: 'ok'; readonly data: unknown } | Refused) & {
  /** What it waits for before it is sent. */
  readonly after?: Promise<void>;
};
interface Refused {
  readonly status: 'error';
  readonly error: ErrorReply;
}

/**
 * Stands in for the host where the real one keeps its measure: it sends as many updates a second as it is told, each
 * with numbers that differ. It speaks as much of the protocol as a page needs to be let in and to show the dashboard.
 */
export class StandIn {
  readonly #server: Server;
  readonly #sockets = new Set<WebSocket>();
  #snapshot: StatusSnapshot;
  readonly #funding: FundingUpdateData;
  readonly #more: Answers;
  #seq = 0;
  #moment: number;
  /** How many updates were sent. */
  sent = 0;

  /**
   * @param snapshot of a real host: its figures are the ones that are varied
   * @param more what it answers beyond what the dashboard needs
   */
  constructor(snapshot: StatusSnapshot, more: Answers = () => undefined) {
    this.#more = more;
    const funding = snapshot.engines[0]?.funding;
    if (funding === undefined || funding === null) throw new Error('The snapshot has no figures');
    this.#funding = funding;
    this.#moment = funding.timestamp;
    this.#snapshot = { ...snapshot, instanceId: INSTANCE, seq: 0 };
    this.#server = createServer(({ url = '/' }, response) => {
      const [path = '/'] = url.split('?');
      const file = path === '/' ? '/index.html' : path;
      try {
        const bytes = readFileSync(join(PAGES, file));
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
        response.end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
    const sockets = new WebSocketServer({ server: this.#server, path: '/ws', perMessageDeflate: false });
    sockets.on('connection', (socket) => {
      this.#greet(socket);
    });
  }

  /** With a query before the key: `address('?screen=wallet')`. */
  address(query = ''): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${query}#key=${KEY}`;
  }

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.close();
  }

  /** Sends updates at a rate until the returned function is called. */
  broadcast(aSecond: number): () => void {
    const startedAt = performance.now();
    const before = this.sent;
    const timer = setInterval(() => {
      // A timer that comes late makes up for it: the rate is what is measured against.
      const due = before + Math.floor(((performance.now() - startedAt) / 1_000) * aSecond);
      while (this.sent < due) this.#update();
    }, 5);
    return () => {
      clearInterval(timer);
    };
  }

  /** One update, whose SOL price is what is given. */
  update(solPrice: string): void {
    this.#say('FUNDING_UPDATE', { ...this.#funding, solPrice });
  }

  /** What has happened beside the figures. */
  event(event: EngineEventMessage): void {
    const status = this.#snapshot.engines[0]?.status;
    if (status !== undefined) this.#say('ENGINE_STATUS', { ...status, event });
  }

  /** The engine comes to another state, with its figures and what has happened, and whoever connects is told so. */
  become(change: Partial<EngineStatusData>, event?: EngineEventMessage): void {
    this.#snapshot = {
      ...this.#snapshot,
      engines: this.#snapshot.engines.map((one) => ({ ...one, status: { ...one.status, ...change } })),
    };
    const status = this.#snapshot.engines[0]?.status;
    if (status !== undefined)
      this.#say('ENGINE_STATUS', { ...status, ...(event === undefined ? {} : { event }) });
  }

  /** Every connection goes, as when the program ends. */
  drop(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** A minute of the market: other figures, and every other time a line of the log. */
  #update(): void {
    this.sent += 1;
    const n = this.sent;
    this.#moment += 60_000;
    const moved = (text: string, by: number): string => (Number(text) + by * Math.sin(n / 7)).toFixed(6);
    const { equity, solPrice, totalCollateral, freeCollateral, pnl, positions } = this.#funding;
    this.#say('FUNDING_UPDATE', {
      ...this.#funding,
      timestamp: this.#moment,
      equity: moved(equity, 5),
      solPrice: moved(solPrice, 3),
      totalCollateral: moved(totalCollateral, 5),
      freeCollateral: moved(freeCollateral, 5),
      driftPct: 0.9 * Math.sin(n / 11),
      health: 60 + 30 * Math.sin(n / 13),
      fundingApr: 12 + 6 * Math.sin(n / 17),
      pnl: { ...pnl, price: moved(pnl.price, 2), total: moved(pnl.total, 2) },
      positions: positions.map((position) => ({ ...position, markPrice: moved(position.markPrice, 3) })),
    });
    const status = this.#snapshot.engines[0]?.status;
    if (n % 2 === 1 || status === undefined) return;
    const data = { action: 'skip', because: `The correction is small (${n}).`, driftPct: 0.4 };
    const entry = { seq: n, t: this.#moment, type: 'DECISION', data };
    this.#say('ENGINE_STATUS', { ...status, event: { kind: 'log', entry } });
  }

  #say(type: BroadcastFrame['type'], data: FundingUpdateData | EngineStatusData): void {
    this.#seq += 1;
    const text = JSON.stringify({
      type,
      instanceId: INSTANCE,
      seq: this.#seq,
      sentAt: Date.now(),
      timestamp: this.#moment,
      data,
    });
    for (const socket of this.#sockets) socket.send(text);
  }

  #greet(socket: WebSocket): void {
    const nonce = 'a'.repeat(64);
    socket.send(JSON.stringify({ type: 'HELLO', protocol: PROTOCOL, nonce }));
    socket.once('message', (data: RawData) => {
      const auth = authFrame.parse(JSON.parse((data as Buffer).toString('utf8')));
      if (auth.proof !== hmac(clientProofText(nonce, auth.nonce))) {
        socket.terminate();
        return;
      }
      const proof = hmac(serverProofText(auth.nonce, nonce));
      socket.send(JSON.stringify({ type: 'WELCOME', proof, instanceId: INSTANCE }));
      this.#sockets.add(socket);
      socket.on('message', (text: RawData) => {
        this.#answer(socket, (text as Buffer).toString('utf8'));
      });
    });
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #answer(socket: WebSocket, text: string): void {
    const { id, command, payload } = JSON.parse(text) as { id: string; command: string; payload: unknown };
    const replies: Readonly<Record<string, unknown>> = {
      GET_STATUS: { ...this.#snapshot, seq: this.#seq },
      GET_EVENTS: { events: [], more: false },
      GET_EQUITY_CURVE: { points: this.#curve() },
    };
    const result = this.#more(command, payload) ?? resultOf(replies[command]);
    const { after, ...said } = result;
    const answer = (): void => {
      socket.send(JSON.stringify({ type: 'COMMAND_RESULT', id, command, ...said }));
    };
    if (after === undefined) answer();
    else void after.then(answer);
  }

  /** As many points as a host would give. */
  #curve(): readonly EquityPointView[] {
    const { timestamp, equity } = this.#funding;
    const step = (this.#moment - timestamp) / CURVE_POINTS;
    return Array.from({ length: step === 0 ? 1 : CURVE_POINTS }, (_, at) => ({
      t: Math.round(timestamp + at * step),
      equity,
      justHolding: equity,
      neverLeaving: equity,
    }));
  }
}

const resultOf = (data: unknown): Answer =>
  data === undefined
    ? { status: 'error', error: { code: 'NOT_SUPPORTED', message: 'This is a stand-in.', details: {} } }
    : { status: 'ok', data };

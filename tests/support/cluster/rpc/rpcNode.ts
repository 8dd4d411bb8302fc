import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { WebSocketServer, type WebSocket } from 'ws';

import { Chain, type ChainProgram, type ChainSnapshot } from '../chain/chain.ts';
import { Faults, type Line } from './faults.ts';
import { answer, errorAnswer, methodNotFound, methodOf, requestsOf, type Request } from './request.ts';
import { RPC_METHODS } from './rpcMethods.ts';
import { Subscriptions } from './subscriptions.ts';
import type { View } from './view.ts';

const HOST = '127.0.0.1';
/** How often a pair of neighbouring ports is sought: the second may be another's. */
const PORT_TRIES = 50;

export interface RpcNodeOptions {
  readonly chain: Chain;
  readonly program: ChainProgram | undefined;
  readonly priorityFee: () => number;
  /** Told of what went wrong that no client has caused. */
  readonly onFault: (error: unknown) => void;
}

/** One JSON-RPC endpoint in front of a chain, with its WebSocket on the port above, and faults of its own. */
export class RpcNode implements Line {
  readonly faults: Faults = new Faults(this);
  readonly #options: RpcNodeOptions;
  readonly #sockets = new Map<WebSocket, Subscriptions>();
  readonly #deaf: () => void;
  readonly #older = new WeakMap<ChainSnapshot, Chain>();
  readonly #listeners = new Set<(method: string) => void>();
  #port = 0;
  #http: Server | undefined;
  #ws: { readonly server: Server; readonly sockets: WebSocketServer } | undefined;

  private constructor(options: RpcNodeOptions) {
    this.#options = options;
    this.#deaf = options.chain.listen({
      onSlot: (slot) => this.#each((subscriptions) => subscriptions.onSlot(slot)),
      onAccount: (address) => this.#each((subscriptions) => subscriptions.onAccount(address)),
      onLanded: (landed) => this.#each((subscriptions) => subscriptions.onLanded(landed)),
    });
  }

  static async start(options: RpcNodeOptions): Promise<RpcNode> {
    const node = new RpcNode(options);
    await node.#findPorts();
    return node;
  }

  get rpcUrl(): string {
    return `http://${HOST}:${this.#port}`;
  }

  /** Where web3.js looks for it unless told otherwise: on the port above. */
  get wsUrl(): string {
    return `ws://${HOST}:${this.#port + 1}`;
  }

  /** Hears of every request over HTTP, before anything is made of it. Returns how to stop. */
  onRequest(listener: (method: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says goodbye: a client that is told so doesn't connect again. */
  async stop(): Promise<void> {
    this.#deaf();
    const sockets = [...this.#sockets.keys()];
    await Promise.all(
      sockets.map(async (socket) => {
        socket.close(1000);
        await once(socket, 'close');
      }),
    );
    await this.close();
  }

  async #findPorts(): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        await this.open();
        return;
      } catch (error) {
        await this.close();
        this.#port = 0;
        if (tried === PORT_TRIES) throw error;
      }
    }
  }

  async open(): Promise<void> {
    if (this.#http) return;
    this.#http = createServer((request, response) => void this.#serve(request, response));
    await listening(this.#http, this.#port);
    this.#port = (this.#http.address() as AddressInfo).port;
    const server = createServer();
    await listening(server, this.#port + 1);
    // Not before: it passes the server's errors on to listeners of its own, and ends the process where it has none.
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => this.#welcome(socket));
    this.#ws = { server, sockets };
  }

  async close(): Promise<void> {
    this.dropSockets();
    const open = [this.#http, this.#ws?.server].filter((server) => server?.listening);
    this.#ws?.sockets.close();
    this.#http = undefined;
    this.#ws = undefined;
    await Promise.all(
      open.map(async (server) => {
        if (!server) return;
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }),
    );
  }

  dropSockets(): void {
    for (const socket of this.#sockets.keys()) socket.terminate();
    this.#sockets.clear();
  }

  #each(tell: (subscriptions: Subscriptions) => void): void {
    for (const subscriptions of this.#sockets.values()) tell(subscriptions);
  }

  #welcome(socket: WebSocket): void {
    const send = (frame: object): void => socket.send(JSON.stringify(frame));
    const subscriptions = new Subscriptions(this.faults, (method) => this.#view(method), send);
    this.#sockets.set(socket, subscriptions);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (data) => {
      // Text frames come as one buffer, whatever ws could be told to give.
      for (const answered of this.#answers((data as Buffer).toString('utf8'), subscriptions)) send(answered);
    });
  }

  #answers(text: string, subscriptions: Subscriptions): object[] {
    try {
      return requestsOf(text).requests.flatMap(
        (asked) => answer(asked, (request) => subscriptions.handle(request), this.#options.onFault) ?? [],
      );
    } catch (error) {
      return [errorAnswer(null, error)];
    }
  }

  /** What a request sees: the chain, or an older one. */
  #view(method: string): View {
    const { chain, priorityFee } = this.#options;
    const behind = this.faults.take('behind', method);
    const seen = behind ? this.#olderChain(behind.snapshot) : chain;
    return { seen, chain, faults: this.faults, priorityFee };
  }

  #olderChain(snapshot: ChainSnapshot): Chain {
    const known = this.#older.get(snapshot);
    if (known) return known;
    const made = Chain.from(snapshot, this.#options.program);
    this.#older.set(snapshot, made);
    return made;
  }

  #handle({ method, params }: Request): unknown {
    const known = RPC_METHODS.get(method);
    if (!known) throw methodNotFound();
    return known(params, this.#view(method));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await text(request);
      await this.#respond(body, response);
    } catch (error) {
      if (!response.headersSent) sendJson(response, errorAnswer(null, error));
    }
  }

  async #respond(body: string, response: ServerResponse): Promise<void> {
    const { requests, isBatch } = requestsOf(body);
    const methods = requests.map(methodOf);
    for (const listener of this.#listeners) methods.forEach((method) => listener(method));
    const first = <T>(look: (method: string) => T | undefined): T | undefined => {
      for (const method of methods) {
        const found = look(method);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const status = first((method) => this.faults.take('status', method));
    if (status) {
      if (status.retryAfterS !== undefined) response.setHeader('Retry-After', String(status.retryAfterS));
      response.writeHead(status.status).end();
      return;
    }
    await first((method) => this.faults.hit('silence', method))?.held();
    const answers = requests.flatMap(
      (asked) => answer(asked, (request) => this.#handle(request), this.#options.onFault) ?? [],
    );
    if (first((method) => this.faults.take('lostReply', method))) {
      response.destroy();
      return;
    }
    await first((method) => this.faults.hit('slow', method))?.held();
    sendJson(response, isBatch ? answers : answers[0]);
  }
}

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, HOST);
  await once(server, 'listening');
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(body === undefined ? '' : JSON.stringify(body));
}

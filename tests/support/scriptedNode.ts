import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { WebSocketServer, type WebSocket } from 'ws';

/** What goes wrong with every request while it is on. */
export type NodeFaultSwitch =
  | { readonly kind: 'http'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'rpc'; readonly code: number; readonly message?: string; readonly status?: number }
  /** Hangs up in the middle. */
  | { readonly kind: 'reset' }
  /** Takes the request and says nothing. */
  | { readonly kind: 'hang' }
  /** Begins an answer and never ends it. */
  | { readonly kind: 'stall' }
  /** Sends this instead of an answer. */
  | { readonly kind: 'text'; readonly body: string; readonly status?: number }
  /** Answers another request than the one that was asked. */
  | { readonly kind: 'otherId' }
  /** Answers with this, whatever was asked. */
  | { readonly kind: 'result'; readonly result: unknown };

export interface RpcRequest {
  readonly id: string;
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface AskedFor extends RpcRequest {
  readonly url: string;
  readonly authorization: string | undefined;
}

/** A refusal that a method of the script throws. */
export class ScriptedRefusal extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export type Method = (params: readonly unknown[], node: ScriptedNode) => unknown;

/** A genesis hash of no network that exists. */
export const TEST_GENESIS = '11111111111111111111111111111111';

const METHODS: Readonly<Record<string, Method>> = {
  getGenesisHash: (_, node) => node.genesis,
  getSlot: (_, node) => node.slot,
  getBlockHeight: (_, node) => node.height,
  getMultipleAccounts: ([addresses], node) =>
    node.inContext((addresses as readonly string[]).map((address) => node.accounts.get(address) ?? null)),
};

/** A Solana node that says what it is told to, over HTTP and WebSocket on 127.0.0.1. */
export class ScriptedNode {
  slot = 1_000;
  height = 900;
  genesis = TEST_GENESIS;
  fault: NodeFaultSwitch | undefined;
  /** Of these methods alone; any where undefined. */
  faultOnly: ReadonlySet<string> | undefined;
  /** Whether sockets are taken, subscriptions answered, slots told and pings answered. */
  readonly sockets = { taken: true, subscribing: true, tellingSlots: true, ponging: true };
  readonly methods = new Map<string, Method>(Object.entries(METHODS));
  readonly accounts = new Map<string, object>();
  readonly asked: AskedFor[] = [];
  readonly subscriptions = new Map<number, { readonly address: string; readonly socket: WebSocket }>();
  readonly #server: Server;
  readonly #socketServer: WebSocketServer;
  readonly #held = new Set<ServerResponse>();
  readonly #gates: (() => void)[] = [];
  #isHolding = false;
  #next: NodeFaultSwitch | undefined;
  #lastSubscription = 0;
  /** Where slots are told, and under which number. */
  readonly #slotSockets = new Map<WebSocket, number>();

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    // The pings of a silent node go unanswered, so that the answer is ours to give.
    this.#socketServer = new WebSocketServer({ noServer: true, autoPong: false });
    this.#server.on('upgrade', (request, socket, head) => {
      if (!this.sockets.taken) {
        socket.destroy();
        return;
      }
      this.#socketServer.handleUpgrade(request, socket, head, (taken) => {
        this.#take(taken);
      });
    });
  }

  static async start(): Promise<ScriptedNode> {
    const node = new ScriptedNode();
    await new Promise<void>((resolve) => {
      node.#server.listen(0, '127.0.0.1', resolve);
    });
    return node;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get http(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  get ws(): string {
    return `ws://127.0.0.1:${this.port}/`;
  }

  get urls(): { readonly http: string; readonly ws: string } {
    return { http: this.http, ws: this.ws };
  }

  /** How many sockets are open. */
  get socketCount(): number {
    return this.#socketServer.clients.size;
  }

  askedFor(method: string): readonly AskedFor[] {
    return this.asked.filter((one) => one.method === method);
  }

  inContext(value: unknown): object {
    return { context: { slot: this.slot }, value };
  }

  /** From now on requests wait for {@link ScriptedNode.release}. */
  hold(): void {
    this.#isHolding = true;
  }

  /** The next request is answered at once by a fault, whatever is held. */
  passNext(fault: NodeFaultSwitch): void {
    this.#next = fault;
  }

  release(): void {
    this.#isHolding = false;
    for (const open of this.#gates.splice(0)) open();
  }

  /** Tells those who watch an address that it changed, in the node's slot. */
  change(address: string, slot = this.slot): void {
    for (const [subscription, watched] of this.subscriptions)
      if (watched.address === address)
        notify(watched.socket, 'accountNotification', subscription, { context: { slot }, value: null });
  }

  tellSlot(): void {
    for (const [socket, subscription] of this.#slotSockets)
      notify(socket, 'slotNotification', subscription, { slot: this.slot, parent: this.slot - 1, root: 0 });
  }

  dropSockets(): void {
    for (const socket of this.#socketServer.clients) socket.terminate();
  }

  async stop(): Promise<void> {
    this.release();
    for (const response of this.#held) response.destroy();
    this.dropSockets();
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = JSON.parse(await text(request)) as RpcRequest;
    this.asked.push({ ...asked, url: request.url ?? '', authorization: request.headers.authorization });
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) {
      this.#fail(next, asked, response);
      return;
    }
    if (this.#isHolding)
      await new Promise<void>((resolve) => {
        this.#gates.push(resolve);
      });
    const fault = this.faultOnly?.has(asked.method) === false ? undefined : this.fault;
    if (fault === undefined) send(response, 200, this.#answer(asked));
    else this.#fail(fault, asked, response);
  }

  #answer({ id, method, params }: RpcRequest): object {
    const answer = this.methods.get(method);
    if (answer === undefined)
      return { jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } };
    try {
      return { jsonrpc: '2.0', id, result: answer(params, this) };
    } catch (error) {
      if (!(error instanceof ScriptedRefusal)) throw error;
      return { jsonrpc: '2.0', id, error: { code: error.code, message: error.message, data: error.data } };
    }
  }

  #fail(fault: NodeFaultSwitch, asked: RpcRequest, response: ServerResponse): void {
    switch (fault.kind) {
      case 'http':
        response.writeHead(fault.status, fault.headers).end('<html>not now</html>');
        return;
      case 'rpc':
        send(response, fault.status ?? 200, {
          jsonrpc: '2.0',
          id: asked.id,
          error: { code: fault.code, message: fault.message ?? 'no' },
        });
        return;
      case 'reset':
        response.destroy();
        return;
      case 'hang':
        this.#held.add(response);
        return;
      case 'stall':
        this.#held.add(response);
        response.writeHead(200).write('{"jsonrpc":');
        return;
      case 'text':
        response.writeHead(fault.status ?? 200).end(fault.body);
        return;
      case 'otherId':
        send(response, 200, { ...this.#answer(asked), id: `${asked.id}0` });
        return;
      case 'result':
        send(response, 200, { jsonrpc: '2.0', id: asked.id, result: fault.result });
        break;
    }
  }

  #take(socket: WebSocket): void {
    socket.on('ping', () => {
      if (this.sockets.ponging) socket.pong();
    });
    socket.on('close', () => {
      this.#slotSockets.delete(socket);
      for (const [subscription, watched] of this.subscriptions)
        if (watched.socket === socket) this.subscriptions.delete(subscription);
    });
    socket.on('message', (data) => {
      if (!this.sockets.subscribing) return;
      const { id, method, params } = JSON.parse((data as Buffer).toString()) as RpcRequest;
      if (method === 'accountUnsubscribe') {
        this.subscriptions.delete(params[0] as number);
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: true }));
        return;
      }
      if (method === 'slotSubscribe' && !this.sockets.tellingSlots) {
        socket.send(
          JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } }),
        );
        return;
      }
      this.#lastSubscription += 1;
      if (method === 'slotSubscribe') this.#slotSockets.set(socket, this.#lastSubscription);
      else this.subscriptions.set(this.#lastSubscription, { address: params[0] as string, socket });
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: this.#lastSubscription }));
    });
  }
}

/** A text such as `#18446744073709551615` goes out as that number, which none of JavaScript's is. */
function send(response: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body).replaceAll(/"#(\d+)"/g, '$1');
  response.writeHead(status, { 'content-type': 'application/json' }).end(json);
}

function notify(socket: WebSocket, method: string, subscription: number, result: object): void {
  socket.send(JSON.stringify({ jsonrpc: '2.0', method, params: { subscription, result } }));
}

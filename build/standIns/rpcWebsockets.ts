/**
 * In the place of rpc-websockets, which is under the LGPL: a socket that never opens. web3.js makes one with each of its
 * connections and listens to it; it opens it for subscriptions alone, and those are ours (src/main/venues/solana/rpc).
 */
export class CommonClient {
  on(): this {
    return this;
  }

  connect(): never {
    return refuse();
  }

  close(): never {
    return refuse();
  }

  call(): never {
    return refuse();
  }

  notify(): never {
    return refuse();
  }
}

export const WebSocket = (): never => refuse();

function refuse(): never {
  throw new Error('web3.js has no socket in this program: subscriptions go through the pool of nodes.');
}

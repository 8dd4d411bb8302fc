import { BRIDGE_NAME, type Bridge } from '../../shared/contract/bridge.ts';
import { keyIn, takeKey } from './accessKey.ts';
import { BridgeTransport } from './bridgeTransport.ts';
import { LoopbackTransport } from './loopbackTransport.ts';
import { pageSocket } from './socket.ts';
import { pageTimers } from './timers.ts';
import type { Transport } from './transport.ts';

/** The desktop's bridge where the preload has put one, a socket to where the page came from elsewhere. */
export function pageTransport(): Transport {
  const bridge: unknown = Reflect.get(window, BRIDGE_NAME);
  if (isBridge(bridge)) return new BridgeTransport(bridge);
  const { localStorage: storage, location, history } = window;
  // The printed address opened in this very tab changes nothing but the fragment.
  window.addEventListener('hashchange', () => {
    if (keyIn(location.hash) !== '') location.reload();
  });
  return new LoopbackTransport(takeKey({ storage, location, history }), pageSocket, pageTimers);
}

const isBridge = (thing: unknown): thing is Bridge =>
  typeof thing === 'object' && thing !== null && 'send' in thing && 'subscribe' in thing;

/** As much of a WebSocket as the transport uses. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  onText(text: string): void;
  /** The connection is gone, or did not come about. */
  onClose(code: number): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;

/** A WebSocket to the page's own origin. */
export const pageSocket: OpenSocket = (events) => {
  const socket = new WebSocket(new URL('/ws', window.location.href.replace(/^http/, 'ws')));
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    events.onText(typeof event.data === 'string' ? event.data : '');
  });
  socket.addEventListener('close', (event) => events.onClose(event.code));
  return { send: (text) => socket.send(text), close: () => socket.close() };
};

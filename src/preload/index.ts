import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, FRAME_TO_PAGE, FRAME_TO_PROGRAM, type Bridge } from '../shared/contract/bridge.ts';

const listeners = new Set<(text: string) => void>();

ipcRenderer.on(FRAME_TO_PAGE, (_event, text: string) => {
  // A receipt goes back on the channel of the frame: the program counts what waits here, and spares a slow page.
  ipcRenderer.send(FRAME_TO_PAGE, 'taken');
  for (const listener of listeners) listener(text);
});

contextBridge.exposeInMainWorld(BRIDGE_NAME, {
  send(text) {
    ipcRenderer.send(FRAME_TO_PROGRAM, text);
  },
  subscribe(listener) {
    // A connection begins with its first listener.
    if (listeners.size === 0) ipcRenderer.send(FRAME_TO_PAGE, 'listening');
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
} satisfies Bridge);

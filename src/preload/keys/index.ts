import './jitless.ts';
import { ipcRenderer } from 'electron';
import { ceremonyTask } from '../../shared/contract/ceremony.ts';
import { CLOSE_KEY_WINDOW, KEY_WINDOW_CHANNEL } from '../../shared/contract/keyWindow.ts';
import { KeyPage } from './keyPage.ts';

// The page has no script: all that it does is done from here, in a world that nothing in the page can reach.
ipcRenderer.once(KEY_WINDOW_CHANNEL, ({ ports }, task: unknown) => {
  const [port] = ports;
  if (port === undefined) return;
  new KeyPage(port, ceremonyTask.parse(task), () => {
    ipcRenderer.send(KEY_WINDOW_CHANNEL, CLOSE_KEY_WINDOW);
  });
});

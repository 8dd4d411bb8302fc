/**
 * The IPC channel of the window in which secrets are entered and shown. The program hands it the task and the port to
 * the signer, once; all that comes back on it is `CLOSE_KEY_WINDOW`.
 */
export const KEY_WINDOW_CHANNEL = 'ceremony';
/** The window is done with. */
export const CLOSE_KEY_WINDOW = 'close';

import { app, session, shell, type WebContents } from 'electron';
import type { Logger } from '../platform/logger.ts';
import { isOwnPage } from './appAddress.ts';
import { outsideLink } from './outsideLink.ts';
import { allowsDownload, allowsPermission, allowsRequest } from './pagePermissions.ts';

/** Shuts in whatever pages there will ever be. To be called when Electron is ready, before a window is made. */
export function lockDown(log: Logger): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => {
    decide(allowsPermission(permission, requestingUrl));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    allowsPermission(permission, origin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !allowsRequest(url, app.isPackaged) });
  });
  defaultSession.on('will-download', (event, item) => {
    if (!allowsDownload(item.getURL())) event.preventDefault();
  });
  app.on('web-contents-created', (_event, contents) => {
    confine(contents, log);
  });
}

function confine(contents: WebContents, log: Logger): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    // A page may load itself anew. It has nowhere else to go.
    if (isOwnPage(event.url)) return;
    event.preventDefault();
    log.warn('a page wanted to go elsewhere', { url: event.url });
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, log);
    return { action: 'deny' };
  });
}

/** Opens a link of the list in the user's browser. */
export function openOutside(address: string, log: Logger): void {
  const link = outsideLink(address);
  if (link === undefined) {
    log.warn('a link to elsewhere was not opened', { url: address });
    return;
  }
  shell.openExternal(link).catch((error: unknown) => {
    log.warn('the browser could not be opened', { error });
  });
}

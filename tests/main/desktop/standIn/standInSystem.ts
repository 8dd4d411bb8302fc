import { EventEmitter } from 'node:events';
import type {
  Dialog,
  MenuItemConstructorOptions,
  NativeImage,
  NativeTheme,
  Protocol,
  Screen,
  Session,
  Shell,
} from 'electron';
import { note } from './record.ts';

type Template = readonly MenuItemConstructorOptions[];
type Handler = Parameters<Protocol['handle']>[1];

/** What the test looks into. */
export const system = {
  /** What the next box of the operating system is answered with: the number of the button. */
  answer: 1,
  applicationMenu: [] as Template,
  tray: undefined as Tray | undefined,
  handlers: new Map<string, Handler>(),
  permissionRequest: undefined as Parameters<Session['setPermissionRequestHandler']>[0] | undefined,
  permissionCheck: undefined as Parameters<Session['setPermissionCheckHandler']>[0] | undefined,
  beforeRequest: undefined as
    ((details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void) | undefined,
};

export const protocol = {
  registerSchemesAsPrivileged(schemes) {
    note('protocol.registerSchemesAsPrivileged', schemes);
  },
  handle(scheme, handler) {
    note('protocol.handle', scheme);
    system.handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;

class StandInSession
  extends EventEmitter
  implements
    Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>
{
  readonly webRequest = {
    onBeforeRequest(listener: NonNullable<typeof system.beforeRequest>): void {
      system.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: NonNullable<typeof system.permissionRequest> | null): void {
    system.permissionRequest = handler ?? undefined;
  }
  setPermissionCheckHandler(handler: NonNullable<typeof system.permissionCheck> | null): void {
    system.permissionCheck = handler ?? undefined;
  }
  setDevicePermissionHandler(): void {
    note('session.setDevicePermissionHandler');
  }
}

export const session = { defaultSession: new StandInSession() };

export const dialog = {
  showErrorBox(title, content) {
    note('dialog.showErrorBox', title, content);
  },
  showMessageBox(...args: readonly unknown[]) {
    note('dialog.showMessageBox', args.at(-1));
    return Promise.resolve({ response: system.answer, checkboxChecked: false });
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox'>;

export const shell = {
  openExternal(url) {
    note('shell.openExternal', url);
    return Promise.resolve();
  },
  openPath(path) {
    note('shell.openPath', path);
    return Promise.resolve('');
  },
} satisfies Pick<Shell, 'openExternal' | 'openPath'>;

class StandInTheme extends EventEmitter implements Pick<NativeTheme, 'shouldUseDarkColors'> {
  shouldUseDarkColors = true;
}
export const nativeTheme = new StandInTheme();
export const powerMonitor = new EventEmitter();

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
} satisfies {
  getAllDisplays: () => readonly Pick<ReturnType<Screen['getAllDisplays']>[number], 'workArea'>[];
};

type Image = Pick<NativeImage, 'setTemplateImage'> & { readonly path: string };
export const nativeImage = {
  createFromPath: (path: string): Image => ({ path, setTemplateImage: () => undefined }),
};

export const Menu = {
  buildFromTemplate: (template: Template): Template => template,
  setApplicationMenu(menu: Template): void {
    system.applicationMenu = menu;
  },
};

export class Tray extends EventEmitter {
  image: string;
  tooltip = '';
  menu: Template = [];
  constructor(image: Image) {
    super();
    this.image = image.path;
    system.tray = this;
  }
  setImage(image: Image): void {
    this.image = image.path;
  }
  setToolTip(text: string): void {
    this.tooltip = text;
  }
  setContextMenu(menu: Template): void {
    this.menu = menu;
  }
}

export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }
  readonly #options: { readonly title?: string; readonly body?: string };
  constructor(options: { readonly title?: string; readonly body?: string }) {
    super();
    this.#options = options;
  }
  show(): void {
    note('Notification', this.#options.title, this.#options.body);
  }
}

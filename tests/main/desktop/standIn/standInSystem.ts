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

/** What a session was told. */
interface SessionSeen {
  readonly handlers: Map<string, Handler>;
  permissionRequest: Parameters<Session['setPermissionRequestHandler']>[0] | undefined;
  permissionCheck: Parameters<Session['setPermissionCheckHandler']>[0] | undefined;
  devicePermission: Parameters<Session['setDevicePermissionHandler']>[0] | undefined;
  beforeRequest:
    ((details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void) | undefined;
}

const unseen = (): SessionSeen => ({
  handlers: new Map(),
  permissionRequest: undefined,
  permissionCheck: undefined,
  devicePermission: undefined,
  beforeRequest: undefined,
});

/** What the test looks into: the system, and the default session. */
export const system = {
  ...unseen(),
  /** What the next box of the operating system is answered with: the number of the button. */
  answer: 1,
  applicationMenu: [] as Template,
  tray: undefined as Tray | undefined,
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

export class StandInSession
  extends EventEmitter
  implements
    Pick<Session, 'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'>
{
  readonly #seen: SessionSeen;
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<SessionSeen['beforeRequest']>): void => {
      this.#seen.beforeRequest = listener;
    },
  };
  readonly protocol = {
    handle: (scheme, handler) => {
      this.#seen.handlers.set(scheme, handler);
    },
  } satisfies Pick<Protocol, 'handle'>;

  constructor(seen: SessionSeen) {
    super();
    this.#seen = seen;
  }

  setPermissionRequestHandler(handler: NonNullable<SessionSeen['permissionRequest']> | null): void {
    this.#seen.permissionRequest = handler ?? undefined;
  }
  setPermissionCheckHandler(handler: NonNullable<SessionSeen['permissionCheck']> | null): void {
    this.#seen.permissionCheck = handler ?? undefined;
  }
  setDevicePermissionHandler(handler: NonNullable<SessionSeen['devicePermission']> | null): void {
    note('session.setDevicePermissionHandler');
    this.#seen.devicePermission = handler ?? undefined;
  }
}

/** A session that is not the default one, by the name of its partition. */
export interface Partition {
  readonly name: string;
  readonly options: object | undefined;
  readonly seen: SessionSeen;
  readonly session: StandInSession;
}
export const partitions: Partition[] = [];

export const session = {
  defaultSession: new StandInSession(system),
  fromPartition(name: string, options?: object): StandInSession {
    const seen: SessionSeen = unseen();
    const made = new StandInSession(seen);
    partitions.push({ name, options, seen, session: made });
    return made;
  },
};

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

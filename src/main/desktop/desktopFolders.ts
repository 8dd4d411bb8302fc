import { join } from 'node:path';

/** Where the app finds what it is made of. */
export interface AppFolders {
  readonly preload: string;
  readonly renderer: string;
  readonly tray: string;
  readonly icon: string;
}

export interface AppPlace {
  /** The folder of the built entry, out/main. */
  readonly main: string;
  readonly isPackaged: boolean;
  /** Where an installer puts what stays outside the archive. */
  readonly resourcesPath: string;
}

export function appFolders({ main, isPackaged, resourcesPath }: AppPlace): AppFolders {
  const resources = isPackaged ? resourcesPath : join(main, '..', '..', 'resources');
  return {
    preload: join(main, '..', 'preload', 'index.cjs'),
    renderer: join(main, '..', 'renderer'),
    tray: join(resources, 'tray'),
    icon: join(resources, 'icon.png'),
  };
}

/** The feed that electron-builder writes beside the archive, where it was given one. */
export const feedFile = (resourcesPath: string): string => join(resourcesPath, 'app-update.yml');

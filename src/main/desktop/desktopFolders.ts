import { join } from 'node:path';

/** Where the app finds what it is made of. */
export interface AppFolders {
  readonly preload: string;
  /** The preload of the key window, and what else that window is made of. */
  readonly keyPreload: string;
  readonly keyPage: string;
  /** The signer, a process of its own. */
  readonly signer: string;
  readonly renderer: string;
  readonly tray: string;
  readonly icon: string;
  /** The licences of all that the app is made of (build/notices.ts). */
  readonly licences: string;
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
    keyPreload: join(main, '..', 'preload', 'keys.cjs'),
    // In the archive of an installed app, whose content is validated: never beside it.
    keyPage: join(main, '..', '..', 'resources', 'keys'),
    signer: join(main, 'signer.js'),
    renderer: join(main, '..', 'renderer'),
    tray: join(resources, 'tray'),
    icon: join(resources, 'icon.png'),
    licences: join(isPackaged ? resourcesPath : join(main, '..'), 'licences.txt'),
  };
}

/** The feed that electron-builder writes beside the archive, where it was given one. */
export const feedFile = (resourcesPath: string): string => join(resourcesPath, 'app-update.yml');

import { join } from 'node:path';
import { Menu, Tray, nativeImage, type NativeImage } from 'electron';
import type { Glance } from '../app.ts';
import { trayMenu, type MenuActions } from './trayMenu.ts';
import { trayView, type TrayIcon, type TrayView } from './trayView.ts';

/** The engine's place in the tray. Drawn anew only when what it says has changed. */
export class EngineTray {
  readonly #tray: Tray;
  readonly #folder: string;
  readonly #actions: MenuActions;
  #shown: TrayView;

  constructor(folder: string, glance: Glance, actions: MenuActions) {
    this.#folder = folder;
    this.#actions = actions;
    this.#shown = trayView(glance);
    this.#tray = new Tray(this.#image(this.#shown.icon));
    this.#tray.on('click', () => {
      actions.open();
    });
    this.#draw();
  }

  show(glance: Glance): void {
    const view = trayView(glance);
    if (JSON.stringify(view) === JSON.stringify(this.#shown)) return;
    if (view.icon !== this.#shown.icon) this.#tray.setImage(this.#image(view.icon));
    this.#shown = view;
    this.#draw();
  }

  #draw(): void {
    this.#tray.setToolTip(this.#shown.tooltip);
    // On Linux a menu that was changed isn't shown before it is set again.
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(this.#shown, this.#actions)));
  }

  /** `paper@2x.png` beside it is found by Electron itself. */
  #image(icon: TrayIcon): NativeImage {
    const isMac = process.platform === 'darwin';
    const image = nativeImage.createFromPath(join(this.#folder, `${icon}${isMac ? 'Template' : ''}.png`));
    image.setTemplateImage(isMac);
    return image;
  }
}

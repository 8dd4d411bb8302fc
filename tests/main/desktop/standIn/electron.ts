/**
 * Stands in for Electron's module where its runtime can't be had. Each piece is held to Electron's own types, so what
 * the desktop host may call here it may call there.
 */
export { app } from './standInApp.ts';
export { BrowserWindow } from './standInWindow.ts';
export { MessageChannelMain, utilityProcess } from './standInPorts.ts';
export * from './standInSystem.ts';

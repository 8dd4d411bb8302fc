import { registerHooks } from 'node:module';

// What asks for `electron` gets the stand-in. Everything else is as it is.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('electron.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

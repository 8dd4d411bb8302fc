import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BRIDGE_NAME, type Bridge } from '../../../src/shared/contract/bridge.ts';
import { buildDesktop, type Built } from './standIn/built.ts';

let built: Built;
beforeAll(async () => {
  built = await buildDesktop(['preload']);
});
afterAll(() => {
  built.remove();
});

it('gives the page frames out and frames in, and nothing else', () => {
  const exposed = new Map<string, Bridge>();
  const sent: string[] = [];
  let fromProgram: (event: object, text: string) => void = () => undefined;
  const asked: string[] = [];
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: Bridge) => exposed.set(name, api) },
    ipcRenderer: {
      send: (channel: string, text: string) => sent.push(`${channel} ${text}`),
      on: (_channel: string, listener: typeof fromProgram) => (fromProgram = listener),
    },
  };
  const require = (name: string): object => {
    asked.push(name);
    return electron;
  };
  vm.runInNewContext(readFileSync(join(built.out, 'preload', 'index.cjs'), 'utf8'), {
    require,
    exports: {},
    module: {},
  });

  expect(asked).toEqual(['electron']);
  expect([...exposed.keys()]).toEqual([BRIDGE_NAME]);
  const bridge = exposed.get(BRIDGE_NAME);
  expect(Object.keys(bridge ?? {})).toEqual(['send', 'subscribe']);
  const heard: string[] = [];
  const unsubscribe = bridge?.subscribe((text) => heard.push(text));
  bridge?.subscribe(() => undefined);
  bridge?.send('{"a":1}');
  fromProgram({}, 'one');
  unsubscribe?.();
  fromProgram({}, 'two');
  expect(heard).toEqual(['one']);
  expect(sent).toEqual([
    'frame:to-page listening',
    'frame:to-program {"a":1}',
    'frame:to-page taken',
    'frame:to-page taken',
  ]);
});

import { expect, it, vi } from 'vitest';
import { processes } from './standIn/standInPorts.ts';

vi.mock('electron', () => import('./standIn/electron.ts'));
const { startUtilitySigner } = await import('../../../src/main/desktop/utilitySigner.ts');

const start = (env: NodeJS.ProcessEnv = {}) => {
  const signer = startUtilitySigner('/app/out/main/signer.js', env);
  const child = processes.at(-1);
  if (child === undefined) throw new Error('no process was started');
  return { signer, child };
};

it('is the built signer, without arguments, with no words on any stream and nothing of the environment to tell', () => {
  const { child } = start({ HOME: '/home/me', NODE_OPTIONS: '--inspect', PHANTOM_SECRET: 'x', RPC_URL: 'y' });
  expect([child.file, child.args]).toEqual(['/app/out/main/signer.js', []]);
  expect(child.options).toMatchObject({ stdio: 'ignore', serviceName: 'Phantom Arbiter signer' });
  expect(child.options.env).toEqual({ HOME: '/home/me' });
});

it('passes messages and ports on, both ways, and tells of the end', () => {
  const { signer, child } = start();
  const heard: unknown[] = [];
  signer.onMessage((message) => heard.push(message));
  signer.onExit((code) => heard.push(code));
  const port = {};
  signer.post({ id: 1 });
  signer.postPort({ id: 2 }, port);
  expect(child.heard).toEqual([
    { message: { id: 1 }, transfer: [] },
    { message: { id: 2 }, transfer: [port] },
  ]);
  child.emit('message', { kind: 'answer' });
  child.emit('exit', 9);
  expect(heard).toEqual([{ kind: 'answer' }, 9]);
  signer.kill();
  expect(child.isKilled).toBe(true);
});

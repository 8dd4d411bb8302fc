import { utilityProcess, type MessagePortMain } from 'electron';
import { signerEnvironment } from '../custody/signer/childSigner.ts';
import type { SignerProcess } from '../custody/signer/signerProcess.ts';

/** So it is called where the system lists processes. */
const SERVICE_NAME = 'Phantom Arbiter signer';

/**
 * Starts the signer as a process of Electron. It has no terminal, and what it would print is thrown away: the last words
 * of a process that falls over may quote what was in its memory. Throws where Electron isn't ready.
 * @param file the built signer
 */
export function startUtilitySigner(file: string, env: NodeJS.ProcessEnv): SignerProcess {
  const child = utilityProcess.fork(file, [], {
    serviceName: SERVICE_NAME,
    env: signerEnvironment(env),
    execArgv: ['--disable-proto=delete', '--disable-sigusr1'],
    stdio: 'ignore',
  });
  return {
    post: (message) => {
      child.postMessage(message, []);
    },
    postPort: (message, port) => {
      child.postMessage(message, [port as MessagePortMain]);
    },
    onMessage: (heard) => {
      child.on('message', heard);
    },
    onExit: (heard) => {
      child.once('exit', heard);
    },
    kill: () => {
      child.kill();
    },
  };
}

import { randomUUID } from 'node:crypto';
import { openProgram } from '../../../src/main/app.ts';

/** The whole program as it starts with a new data folder, and an engine on paper. @returns the answer to its start */
async function paperProbe(dataDir: string): Promise<string> {
  const program = openProgram({ dataDir, appVersion: '0.0.0-test', logLevel: 'error', stderrLevel: 'error' });
  const id = randomUUID();
  const answered = Promise.withResolvers<string>();
  const session = program.connect({
    waitingBytes: 0,
    send: (text) => {
      const frame = JSON.parse(text) as { readonly id?: string; readonly status?: string };
      if (frame.id === id && frame.status !== 'accepted') answered.resolve(text);
    },
    close: (reason) => {
      answered.reject(new Error(`the program has ended the connection: ${reason}`));
    },
  });
  session.receive(
    JSON.stringify({ id, command: 'START_ENGINE', payload: { engine: 'funding', mode: 'paper' } }),
  );
  const answer = await answered.promise;
  session.ended();
  await program.close();
  return answer;
}

const [, , dataDir = ''] = process.argv;
process.stdout.write(await paperProbe(dataDir));

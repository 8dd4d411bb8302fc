import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from './host.ts';

/** All that a command of the program says on stdout; `until` ends it gracefully once it fits. Rejects when it fails. */
export function program(args: readonly string[], until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'src', 'main', 'launch.mjs'), ...args], { cwd: ROOT });
    let [out, err] = ['', ''];
    let asked = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (asked || until?.test(out) !== true) return;
      // A second time would be meant as "at once".
      asked = true;
      child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${err}`));
    });
  });
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { ScriptedNode } from '../../../../support/scriptedNode.ts';

const PROGRAM = fileURLToPath(new URL('leftOpen.ts', import.meta.url));

it('lets a program end that closes neither pool nor watch, and warns of nothing', async () => {
  const node = await ScriptedNode.start();
  // Killed by nobody: where something keeps it alive, the test's own time-out ends it.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [PROGRAM, node.http, node.ws]);
  expect(stdout).toBe('60 answers, connected\n');
  expect(stderr).toBe('');
  await node.stop();
});

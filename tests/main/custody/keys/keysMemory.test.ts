import { spawn } from 'node:child_process';
import { createHash, scryptSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

import { foundInMemory } from '../processMemory.ts';

const KEY = createHash('sha256').update('a key that no other test has').digest();
const RIGHT = 'a passphrase that is right, and longer than a block of SHA-256 has bytes: 64';
const WRONG = 'a passphrase that is wrong, and shorter';
const NEXT = 'a passphrase that comes next, of the same kind';
const PLANTED = Buffer.from('planted where it must be found, and nowhere else');

/** The key that a record is sealed with. */
function sealingKey(record: string, words: string): Buffer {
  const bytes = Buffer.from(record, 'hex');
  const saltAt = 3 + bytes.readUInt16BE(1) + 3;
  const salt = bytes.subarray(saltAt, saltAt + 16);
  return scryptSync(words, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 });
}

test.runIf(process.platform === 'linux')(
  'no key and no passphrase is left in the memory of a process that has disposed of them, opened or not',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'memory-'));
    const contents = { KEY, RIGHT, WRONG, NEXT, PLANTED };
    const files = Object.entries(contents).map(([name, content]) => {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    });
    const program = path.join(import.meta.dirname, 'keysFlow.ts');
    const child = spawn(process.execPath, ['--expose-gc', program, ...files], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const [first = '', second = ''] = JSON.parse(line) as string[];
      // Of each its end: what frees memory writes over the start of it.
      const found = foundInMemory(child.pid ?? 0, {
        planted: PLANTED,
        key: KEY.subarray(16),
        right: Buffer.from(RIGHT.slice(24)),
        rightInTwoBytes: Buffer.from(RIGHT.slice(24), 'utf16le'),
        wrong: Buffer.from(WRONG.slice(20)),
        next: Buffer.from(NEXT.slice(20)),
        sealedWith: sealingKey(first, RIGHT).subarray(16),
        resealedWith: sealingKey(second, NEXT).subarray(16),
      });
      expect(found).toEqual(['planted']);
    } finally {
      child.stdin.end();
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    }
  },
);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { ProgramOptions } from '../../../src/main/app.ts';
import { KEY_FILE } from '../../../src/main/loopback/keyFile.ts';
import { serveProgram, type Served } from '../../../src/main/loopback/serveProgram.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { connectClient } from '../../support/loopbackClient.ts';
import { EchoProgram } from './echoProgram.ts';

interface Start {
  readonly dataDir: string;
  readonly program: EchoProgram;
  readonly opened: ProgramOptions[];
  serve(port?: number): Promise<Served>;
}

function freshStart(): Start {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'serve-'));
  writeFileSync(path.join(dataDir, 'index.html'), '<title>Phantom Arbiter</title>');
  const program = new EchoProgram();
  const opened: ProgramOptions[] = [];
  const closes: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const close of closes) await close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    dataDir,
    program,
    opened,
    serve: async (port = 0) => {
      const request = { dataDir, pages: dataDir, port, appVersion: '1.2.3', logLevel: undefined };
      const served = await serveProgram(request, (options) => {
        opened.push(options);
        return program;
      });
      closes.push(() => served.close());
      return served;
    },
  };
}

function heldPort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => {
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as { port: number }).port);
    });
  });
}

const keyOf = (served: Served): string => new URL(served.address).hash.slice('#key='.length);

describe('serving the program', () => {
  it('gives an address whose fragment lets a client in', async () => {
    const start = freshStart();
    const served = await start.serve();
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=[0-9a-f]{64}$/);
    const client = await connectClient({ port: served.port, key: keyOf(served) });
    expect(await client.command('GET_STATUS')).toMatchObject({ status: 'ok' });
    await client.close();
    expect(start.opened).toEqual([
      {
        dataDir: start.dataDir,
        appVersion: '1.2.3',
        logLevel: undefined,
        stderrLevel: 'error',
        allowsLive: false,
      },
    ]);
  });

  it('keeps its key over a restart, so that a page reconnects by itself', async () => {
    const start = freshStart();
    const first = await start.serve();
    await first.close();
    const again = await start.serve(first.port);
    expect(again.address).toBe(first.address);
  });

  it('closes the program last, after everyone has been told', async () => {
    const start = freshStart();
    const served = await start.serve();
    const client = await connectClient({ port: served.port, key: keyOf(served) });
    await served.close();
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(start.program.closed).toBe(true);
  });

  it('says which port is taken and what to do, and leaves nothing open', async () => {
    const start = freshStart();
    const port = await heldPort();
    const refused = await start.serve(port).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: 'PORT_IN_USE', details: { port } });
    expect((refused as AppError).message).toContain(`port ${port}`);
    expect((refused as AppError).message).toContain('--port');
    expect(start.program.closed).toBe(true);
  });

  it('does not begin with a damaged key, and closes what it has opened', async () => {
    const start = freshStart();
    writeFileSync(path.join(start.dataDir, KEY_FILE), 'damaged');
    await expect(start.serve()).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' });
    expect(start.program.closed).toBe(true);
  });

  it('opens nothing where the pages are missing', async () => {
    const start = freshStart();
    rmSync(path.join(start.dataDir, 'index.html'));
    await expect(start.serve()).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(start.opened).toEqual([]);
  });
});

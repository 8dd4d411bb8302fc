import { createServer, type Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { AppError } from '../../shared/contract/appError.ts';
import { MAX_FRAME_BYTES } from '../../shared/contract/protocol.ts';
import type { Program } from '../app.ts';
import { CLOSE_CODES } from '../commands/carrier.ts';
import { realSchedule, type Schedule } from '../platform/schedule.ts';
import { LOOPBACK, addressOf } from './address.ts';
import { Door } from './door.ts';
import { Heartbeat } from './heartbeat.ts';
import type { PageFiles } from '../platform/pageFiles.ts';
import { pageHandler } from './pageHandler.ts';
import { closeSocket } from './socketCarrier.ts';
import { refuseUpgrade, whyNotUpgrade } from './upgrade.ts';

/** Foreign pages that are told of in the log, once each. */
const MOST_REFUSED_TOLD = 50;

export interface LoopbackOptions {
  readonly program: Program;
  readonly files: PageFiles;
  readonly key: string;
  /** 0: any free one. */
  readonly port: number;
  readonly schedule?: Schedule;
}

/** The program on 127.0.0.1, until it is closed. */
export interface LoopbackHost {
  readonly port: number;
  /** With the key: whoever sees it may give commands. */
  readonly address: string;
  /** Says goodbye to every client and releases the port. The program goes on. */
  close(): Promise<void>;
}

/** Listens. Throws PORT_IN_USE, or INVALID_OPTION for a port that the system doesn't give. */
export async function openLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const { program, files, key, schedule = realSchedule } = options;
  const log = program.log.child('loopback');
  const server: Server = createServer(pageHandler(files, () => portOf(server)));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const door = new Door(program, key, schedule);
  const heartbeat = new Heartbeat(schedule);
  const refused = new Set<string>();

  server.on('upgrade', (request, connection, head) => {
    // A client that hangs up meanwhile is no error of ours.
    connection.on('error', () => undefined);
    const refusal = whyNotUpgrade(request, portOf(server));
    if (refusal !== undefined) {
      const { origin = 'none' } = request.headers;
      // A page that tries again and again must not fill the disk.
      if (!refused.has(origin) && refused.size < MOST_REFUSED_TOLD)
        log.warn('a connection was refused', { ...refusal, origin });
      if (refused.size < MOST_REFUSED_TOLD) refused.add(origin);
      refuseUpgrade(connection, refusal);
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      socket.on('error', (error) => {
        log.debug('a socket failed', { error });
      });
      heartbeat.watch(socket);
      door.greet(socket, connection);
    });
  });

  await listening(server, options.port);
  // Too many open files, for one: the clients that are there, and the engine, go on.
  server.on('error', (error) => {
    log.warn('a connection could not be taken', { error });
  });
  const port = portOf(server);
  log.info('listening', { port });
  return {
    port,
    address: addressOf(port, key),
    close: async () => {
      heartbeat.stop();
      const farewells = [...sockets.clients].map((socket) => {
        closeSocket(socket, CLOSE_CODES.goingAway, 'goingAway', schedule);
        return gone(socket);
      });
      await Promise.all([closed(server), ...farewells]);
      log.info('closed', { port });
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      reject(portError(error, port));
    };
    server.once('error', failed);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

function portError(error: Error, port: number): AppError {
  const code = 'code' in error ? error.code : undefined;
  const instead = 'Choose another with --port, or --port 0 for any free one.';
  if (code === 'EADDRINUSE') {
    const message = `Another program listens on port ${port} of this computer, maybe this one in another window. ${instead}`;
    return new AppError('PORT_IN_USE', message, { port }, { cause: error });
  }
  const message = `The system does not give out port ${port} (${error.message}). ${instead}`;
  return new AppError('INVALID_OPTION', message, { option: 'port', port }, { cause: error });
}

/** A socket that fails on its way out is gone as well. */
const gone = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });

/** Resolves when the last socket is gone; a page that is just being loaded is not waited for. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

import { z } from 'zod';

import { AppError } from '../../../../shared/contract/appError.ts';
import type { Schedule } from '../../../platform/schedule.ts';

/** Takes transactions to block builders directly. */
export interface Bundles {
  /** Hands over a bundle of one signed transaction. Throws where it wasn't taken, which says nothing of whether it lands. */
  send(wire: Uint8Array): Promise<void>;
}

/** Jito's endpoint on mainnet; there is none elsewhere. Source: Jito docs, "Mainnet addresses". */
export const JITO_MAINNET = 'https://mainnet.block-engine.jito.wtf/api/v1/bundles';

export interface JitoBundlesParts {
  /** The endpoint of a block engine: `…/api/v1/bundles`. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly schedule: Schedule;
}

/** How long a block engine may take to answer. */
const PATIENCE_MS = 3_000;

const answer = z.union([
  z.object({ result: z.string() }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

/** Jito's block engine. Source: Jito docs, "sendBundle". */
export class JitoBundles implements Bundles {
  readonly #parts: JitoBundlesParts;

  constructor(parts: JitoBundlesParts) {
    this.#parts = parts;
  }

  /** Throws RATE_LIMITED, VENUE_UNAVAILABLE. */
  async send(wire: Uint8Array): Promise<void> {
    const transaction = Buffer.from(wire).toString('base64');
    const params = [[transaction], { encoding: 'base64' }];
    const response = await this.#post(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sendBundle', params }),
    );
    if (response.status === 429)
      throw new AppError('RATE_LIMITED', 'The block engine takes no more just now.');
    const heard = answer.safeParse(readJson(response.text));
    if (heard.success && 'error' in heard.data) throw untaken(heard.data.error.message);
    if (!heard.success || response.status !== 200) throw untaken(`HTTP ${response.status}`);
  }

  async #post(body: string): Promise<{ readonly status: number; readonly text: string }> {
    const { url, schedule } = this.#parts;
    const patience = new AbortController();
    const stopWaiting = schedule.after(PATIENCE_MS, () => {
      patience.abort();
    });
    try {
      const response = await this.#parts.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: patience.signal,
        redirect: 'error',
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw untaken(patience.signal.aborted ? 'no answer' : 'not reached', error);
    } finally {
      stopWaiting();
    }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const untaken = (why: string, cause?: unknown): AppError =>
  new AppError(
    'VENUE_UNAVAILABLE',
    `The block engine did not take the bundle: ${why}.`,
    {},
    { retryable: true, cause },
  );

/** An answer that is an error, with a code of JSON-RPC's or Solana's. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

export const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;
export const METHOD_NOT_FOUND = -32_601;
export const INVALID_PARAMS = -32_602;
export const INTERNAL_ERROR = -32_603;
export const PREFLIGHT_FAILURE = -32_002;
export const SIGNATURE_FAILURE = -32_003;
export const MIN_CONTEXT_SLOT_NOT_REACHED = -32_016;

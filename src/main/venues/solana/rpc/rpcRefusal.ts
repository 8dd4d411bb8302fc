import { AppError } from '../../../../shared/contract/appError.ts';

/** A node's own no to what was asked: any other node would say the same, so none is asked. */
export class RpcRefusal extends AppError {
  /** The error as JSON-RPC has it. */
  readonly rpcCode: number;
  readonly said: string;
  readonly data: unknown;

  constructor(method: string, rpcCode: number, said: string, data: unknown) {
    super('INTERNAL', `A Solana node refused ${method}: ${said}`, { method, rpcCode });
    this.rpcCode = rpcCode;
    this.said = said;
    this.data = data;
  }
}

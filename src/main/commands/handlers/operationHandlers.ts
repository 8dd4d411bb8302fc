import type { Handlers } from '../handlers.ts';
import type { Operations } from '../operations.ts';

export const operationHandlers = (
  operations: Operations,
): Pick<Handlers, 'GET_OPERATION' | 'CANCEL_OPERATION'> => ({
  GET_OPERATION: ({ operationId }) => operations.view(operationId),
  CANCEL_OPERATION: ({ operationId }) => operations.cancel(operationId),
});

import { useState } from 'react';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { replyOf } from '../../api/apiError.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { toldBeside } from '../../shell/notices.ts';

/** A dialog's own sending: once at a time, with what was refused kept for beside its field. */
export interface Sending {
  readonly busy: boolean;
  readonly refusal: ErrorReply | null;
  readonly send: (work: () => Promise<void>) => void;
  /** What was refused is of what was typed then. */
  readonly forget: () => void;
}

/** @param name of what is sent, the same for whoever must not send it at the same time */
export function useSending(name: string): Sending {
  const busy = useUnderWay(name);
  const [refusal, setRefusal] = useState<ErrorReply | null>(null);
  return {
    busy,
    refusal,
    forget: () => setRefusal(null),
    send: (work) =>
      void act(name, name, async () => {
        setRefusal(null);
        try {
          await work();
        } catch (error) {
          const told = replyOf(error);
          toldBeside(told.message);
          setRefusal(told);
        }
      }),
  };
}

/** A refusal as it stands under a field. */
export const refusalText = ({ code, message }: ErrorReply): string => `${message} (${code})`;

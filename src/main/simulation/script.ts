import { z } from 'zod';
import { AppError } from '../../shared/contract/appError.ts';
import { NotADecimal, parseBase, parseUsd } from '../../shared/money/decimal.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import { FAULTS, type Fault } from '../venues/paper/faults.ts';

/** Something that happens to a run at a moment, as a script tells it. */
export type ScriptAction = { readonly at: number; readonly index: number } & (
  | { readonly action: 'deposit' | 'withdraw'; readonly moved: AssetAmount }
  | { readonly action: 'fault'; readonly fault: Fault; readonly orders: number }
  | { readonly action: 'kill' }
);

const at = z.number().min(0);
const entry = z.discriminatedUnion('action', [
  z.strictObject({
    at,
    action: z.enum(['deposit', 'withdraw']),
    asset: z.enum(['SOL', 'USDC']),
    amount: z.string().or(z.number()),
  }),
  z.strictObject({
    at,
    action: z.literal('fault'),
    fault: z.enum(FAULTS),
    orders: z.number().int().min(1).max(10_000).default(1),
  }),
  z.strictObject({ at, action: z.literal('kill') }),
]);

/** Reads a script: a JSON list of actions, in any order. Throws INVALID_SCRIPT, naming the entry. */
export function parseScript(text: string, file: string): readonly ScriptAction[] {
  const list = z.array(z.unknown()).safeParse(jsonOf(text, file));
  if (!list.success) throw invalid(file, 'it is not a JSON list');
  return list.data
    .map((one, index) => {
      const parsed = entry.safeParse(one);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw invalid(file, `entry ${index + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
      }
      return actionOf(parsed.data, index, file);
    })
    .toSorted((a, b) => a.at - b.at || a.index - b.index);
}

function actionOf(parsed: z.infer<typeof entry>, index: number, file: string): ScriptAction {
  if (parsed.action === 'kill' || parsed.action === 'fault') return { ...parsed, index };
  const amount = String(parsed.amount);
  try {
    const moved: AssetAmount =
      parsed.asset === 'SOL'
        ? { asset: 'SOL', amount: parseBase(amount) }
        : { asset: 'USDC', amount: parseUsd(amount) };
    return { at: parsed.at, index, action: parsed.action, moved };
  } catch (error) {
    if (error instanceof NotADecimal) throw invalid(file, `entry ${index + 1}: ${error.message}`);
    throw error;
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, 'it is not JSON');
  }
}

function invalid(file: string, reason: string): AppError {
  return new AppError('INVALID_SCRIPT', `The script ${file} cannot be used: ${reason}.`, { file, reason });
}

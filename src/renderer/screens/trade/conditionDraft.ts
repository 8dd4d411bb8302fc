import type { Condition } from '../../../shared/contract/orders.ts';
import { decimalProblem, tidied } from '../../components/decimalEntry.ts';
import { localMoment } from './marketMoment.ts';

export type ConditionKind = Condition['kind'];

/** A condition as it is typed. */
export interface ConditionDraft {
  /** Tells it from the others of the list. */
  readonly id: number;
  readonly kind: ConditionKind;
  /** Of price and funding. */
  readonly market: string;
  readonly source: 'oracle' | 'mark';
  readonly is: 'above' | 'below';
  /** A price, percent a year, or percent of health. */
  readonly value: string;
  /** Of time: as a field for a moment writes it. */
  readonly at: string;
}

export const CONDITION_KINDS = [
  { value: 'price', label: 'Price' },
  { value: 'funding', label: 'Funding' },
  { value: 'health', label: 'Health' },
  { value: 'time', label: 'Time' },
] as const;

export const newCondition = (id: number, market: string): ConditionDraft => ({
  id,
  kind: 'price',
  market,
  source: 'oracle',
  is: 'above',
  value: '',
  at: '',
});

/** The unit of its value; empty for a moment. */
export const CONDITION_UNITS: Readonly<Record<ConditionKind, string>> = {
  price: 'USD',
  funding: '% a year',
  health: '%',
  time: '',
};

/** A condition as it is sent, or what is wrong with it in words. */
export function conditionOf(draft: ConditionDraft): Condition | string {
  const { kind, market, source, is } = draft;
  if (kind === 'time') {
    const at = localMoment(draft.at);
    return at === null ? 'Enter a day and a time.' : { kind, at };
  }
  const problem = decimalProblem(draft.value);
  if (problem !== null) return problem;
  const value = tidied(draft.value);
  if (kind === 'price') return { kind, market, source, is, price: value };
  const measured = Number(value);
  if (kind === 'funding') return { kind, market, is, apr: measured };
  return measured >= 0 && measured <= 100
    ? { kind, is, pct: measured }
    : 'Enter a health between 0 and 100 %.';
}

import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBan,
  IconBellRinging,
  IconCoins,
  IconFlag,
  IconNote,
  IconPercentage,
  IconReceipt,
  IconRoute,
  IconScale,
  IconTransfer,
  type Icon,
} from '@tabler/icons-react';
import type { Role } from '../theme/palette.ts';

export interface EventLook {
  readonly word: string;
  readonly Icon: Icon;
  readonly role?: Role;
}

const EVENT_LOOKS = new Map<string, EventLook>([
  ['FILL', { word: 'Fill', Icon: IconArrowsExchange, role: 'accent' }],
  ['FUNDING', { word: 'Funding', Icon: IconCoins, role: 'long' }],
  ['DECISION', { word: 'Decision', Icon: IconRoute }],
  ['BLOCKED', { word: 'Blocked', Icon: IconBan, role: 'warn' }],
  ['ALERT', { word: 'Alert', Icon: IconBellRinging, role: 'danger' }],
  ['LIQUIDATION', { word: 'Liquidated', Icon: IconAlertTriangle, role: 'danger' }],
  ['INTEREST', { word: 'Interest', Icon: IconPercentage }],
  ['COST', { word: 'Cost', Icon: IconReceipt }],
  ['TRANSFER', { word: 'Transfer', Icon: IconTransfer, role: 'paper' }],
  ['SETTLEMENT', { word: 'Settled', Icon: IconScale }],
  ['ADJUSTMENT', { word: 'Adjusted', Icon: IconScale, role: 'warn' }],
  ['OPENING', { word: 'Opening', Icon: IconFlag }],
  ['VALUATION', { word: 'Valuation', Icon: IconScale }],
  ['CLOSING', { word: 'Closing', Icon: IconFlag }],
]);

/** What a kind of event looks like. One that this version doesn't know is still shown, under its own name. */
export function eventLook(type: string): EventLook {
  const known = EVENT_LOOKS.get(type);
  if (known !== undefined) return known;
  const word = type.replaceAll('_', ' ').toLowerCase();
  return { word: word.charAt(0).toUpperCase() + word.slice(1), Icon: IconNote };
}

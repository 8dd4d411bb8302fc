import { beforeEach, expect, test } from 'vitest';
import { stillWords } from '../../../../src/renderer/screens/trade/marketStill.ts';
import {
  changeDraft,
  chooseMarket,
  ticketOfVault,
  ticketPlaced,
  useTicket,
} from '../../../../src/renderer/screens/trade/ticketStore.ts';
import type { OrderTicket } from '../../../../src/shared/contract/orders.ts';

const TICKET: OrderTicket = { market: 'SOL-PERP', side: 'buy', type: 'market', size: '1500.5' };
const draft = () => useTicket.getState().draft;

beforeEach(() => {
  useTicket.setState(useTicket.getInitialState(), true);
  chooseMarket('SOL-PERP');
  ticketOfVault(1);
  changeDraft({ type: 'limit', size: '1,500.5', price: '150' });
});

test('an order that is placed empties its size, so that a second click places nothing', () => {
  ticketPlaced(TICKET);
  expect(draft().size).toBe('');
  expect(useTicket.getState().placed).toBe(1);
});

test('what was typed for another order while one is under way stays', () => {
  changeDraft({ size: '2' });
  ticketPlaced(TICKET);
  expect(draft().size).toBe('2');
  chooseMarket('BTC-PERP');
  changeDraft({ size: '1500.5' });
  ticketPlaced(TICKET);
  expect(draft().size).toBe('1500.5');
});

test('amounts and prices are of one market and of one vault', () => {
  ticketOfVault(1);
  expect(draft().price).toBe('150');
  ticketOfVault(2);
  expect(draft()).toMatchObject({ type: 'limit', size: '', price: '' });
  changeDraft({ size: '1' });
  chooseMarket('BTC-PERP');
  expect(draft()).toMatchObject({ type: 'limit', size: '' });
});

test('a market in which no time passes is said, with why, and so is SOS', () => {
  expect(stillWords('stopped', false)).toMatch(/engine is stopped.*once it goes on/);
  expect(stillWords('running', true)).toMatch(/it is paused/);
  expect(stillWords('halted', true)).toMatch(/^SOS is on: no order is placed/);
  expect(stillWords('running', false)).toBeNull();
  expect(stillWords('waiting', false)).toBeNull();
  expect(stillWords(undefined, false)).toBeNull();
});

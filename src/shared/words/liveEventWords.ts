import type { ConfirmationView } from '../contract/confirmation.ts';
import type { EngineEventMessage } from '../contract/engineStatus.ts';
import { dollarWords, sizeWords } from './amountWords.ts';
import { spanWords } from './durationWords.ts';

/** What happened to a live engine, for somebody who looks elsewhere. */
export interface LiveEventWords {
  readonly title: string;
  readonly body: string;
  /** Whether it has to be seen whatever was shown before. */
  readonly isUrgent: boolean;
}

/** Words for the events of live trading; undefined for all others, and for those that the user has caused. */
export function liveEventWords(event: EngineEventMessage): LiveEventWords | undefined {
  switch (event.kind) {
    case 'confirmationAsked':
      return { title: 'your confirmation', body: askedWords(event.confirmation), isUrgent: true };
    case 'confirmationSettled':
      return event.answer === 'expired'
        ? {
            title: 'not confirmed',
            body: 'The trade that you were asked about was not made: time is over.',
            isUrgent: false,
          }
        : undefined;
    case 'health':
      return {
        title: HEALTH_TITLES[event.alert.level],
        body: event.alert.because,
        isUrgent: event.alert.level === 'critical',
      };
    case 'connectionLost':
      return {
        title: 'connection lost',
        body: 'The venue can’t be reached. Nothing is traded until it can, and until the account was synced.',
        isUrgent: false,
      };
    case 'syncFailed':
      return {
        title: 'trading is disabled',
        body: `The account could not be synced: ${event.error.message} Nothing is traded until it can be.`,
        isUrgent: true,
      };
    case 'syncRecovered':
      return event.cause === 'start'
        ? undefined
        : {
            title: 'back',
            body: `The account is synced after ${spanWords(event.to - event.from)}. The engine goes on.`,
            isUrgent: false,
          };
    case 'differencesFound':
      return {
        title: 'trading is disabled',
        body: `Books and chain differ. ${event.found.differences.map(({ words }) => words).join(' ')}`,
        isUrgent: true,
      };
    default:
      return undefined;
  }
}

const HEALTH_TITLES = {
  warning: 'health is low',
  critical: 'health is critical',
  eased: 'health is low',
  over: 'health is fine again',
} as const;

function askedWords({ legs, worth, because, askedAt, expiresAt }: ConfirmationView): string {
  const trades = legs.map(({ market, side, size }) => `${side} ${sizeWords(size, market)}`).join(', then ');
  return `May the engine ${trades}, worth ${dollarWords(worth)}? ${because} You have ${spanWords(expiresAt - askedAt)} to confirm.`;
}

import { AppError } from '../../../shared/contract/appError.ts';
import type { StandingTerms } from '../../risk/confirmation/standing.ts';
import { parseUsd } from '../../../shared/money/decimal.ts';
import type { GoingLive } from '../../live/goingLive.ts';
import type { LiveDesk } from '../../live/liveDesk.ts';
import { liveVaultViewOf } from '../../live/views/liveVaultView.ts';
import { confirmationViewOf, standingViewOf } from '../../live/views/confirmationView.ts';
import { differencesViewOf } from '../../live/views/differencesView.ts';
import type { Handlers } from '../handlers.ts';

export interface LiveHandlerParts {
  readonly live: LiveDesk;
  readonly goingLive: GoingLive;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Whether this host may trade real money. */
  readonly allowsLive: boolean;
}

type Names =
  | 'CHECK_LIVE'
  | 'CONFIRM_TRADE'
  | 'DECLINE_TRADE'
  | 'GET_CONFIRMATIONS'
  | 'GRANT_STANDING_CONFIRMATION'
  | 'REVOKE_STANDING_CONFIRMATION'
  | 'GET_DIFFERENCES'
  | 'ACCEPT_DIFFERENCES'
  | 'LIST_SUBACCOUNTS'
  | 'CREATE_SUBACCOUNT';

/** What live trading asks of its user, and what its user asks of it. */
export function liveHandlers({ live, goingLive, now, allowsLive }: LiveHandlerParts): Pick<Handlers, Names> {
  return {
    async CHECK_LIVE({ venue, subAccount, purpose, owner, handOver, standing }) {
      refuseVenue(venue);
      // Better known at the first step than at the last.
      if (purpose === 'trading' && !allowsLive) throw notAllowed();
      const look = await goingLive.check({
        purpose,
        subAccount,
        owner,
        isHandedOver: handOver,
        standing: standing && standingTermsOf(standing),
      });
      return { checks: [...look.checks], mayGoLive: look.mayGoLive, checkedAt: look.checkedAt };
    },
    async CONFIRM_TRADE({ confirmationId }) {
      return { confirmation: confirmationViewOf(await live.confirm(confirmationId)), order: null };
    },
    async DECLINE_TRADE({ confirmationId }) {
      return { confirmation: confirmationViewOf(await live.decline(confirmationId)) };
    },
    GET_CONFIRMATIONS() {
      const standing = live.standing();
      const question = live.run?.question;
      const isOpen = question !== undefined && question.expiresAt > now();
      return {
        open: isOpen ? [confirmationViewOf(question)] : [],
        standing: standing === undefined ? [] : [standingViewOf(standing)],
      };
    },
    GRANT_STANDING_CONFIRMATION: ({ standing }) => ({
      standing: standingViewOf(live.grant(standingTermsOf(standing))),
    }),
    REVOKE_STANDING_CONFIRMATION() {
      live.revoke();
      return { revoked: true };
    },
    GET_DIFFERENCES() {
      const found = live.run?.reconciliation;
      return { differences: found === undefined ? null : differencesViewOf(found) };
    },
    async ACCEPT_DIFFERENCES({ name }) {
      await live.accept(name);
      return { vault: liveVaultViewOf(live) };
    },
    async LIST_SUBACCOUNTS({ venue = 'drift', owner }) {
      refuseVenue(venue);
      return { subAccounts: [...(await goingLive.subAccounts(owner))] };
    },
    async CREATE_SUBACCOUNT({ name, venue = 'drift' }) {
      refuseVenue(venue);
      if (!allowsLive) throw notAllowed();
      // One signer of the same wallet at a time: what is out is followed by whoever sent it.
      if (live.isTrading)
        throw new AppError(
          'ENGINE_ALREADY_RUNNING',
          'The engine is trading with this wallet. Stop it before you open another sub-account.',
        );
      return { subAccount: await goingLive.createSubAccount(name) };
    },
  };
}

/** What a user grants, in units that add up. */
export const standingTermsOf = ({
  perTrade,
  perDay,
  until,
}: {
  readonly perTrade: string;
  readonly perDay: string;
  readonly until: number;
}): StandingTerms => ({ perTrade: parseUsd(perTrade), perDay: parseUsd(perDay), until });

/** What a host may not do that was started for paper. */
export const notAllowed = (): AppError =>
  new AppError(
    'NOT_SUPPORTED',
    'Nothing is signed over this address, unless the program was started with --allow-live. Nothing was done.',
  );

export function refuseVenue(venue: string): void {
  if (venue === 'drift') return;
  throw new AppError('NOT_SUPPORTED', 'Live trading is on the venue "drift".', { venue });
}

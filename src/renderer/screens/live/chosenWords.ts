import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { dollarWords } from '../../../shared/words/amountWords.ts';
import { tidied } from '../../components/decimalEntry.ts';
import type { GoLiveDraft, StepName } from './goLiveSteps.ts';

/** What was chosen in a step, in a few words. */
export function chosenWords(step: StepName, draft: GoLiveDraft, wallets: WalletsView | undefined): string {
  switch (step) {
    case 'wallet':
      return walletWords(draft, wallets);
    case 'account':
      return `Number ${draft.subAccount ?? ''}${draft.handOver ? ', handed over with what it holds' : ''}`;
    case 'checks':
      return 'Read';
    case 'limits':
      return draft.grants
        ? `Up to ${dollarWords(tidied(draft.standing.perTrade))} a trade`
        : 'Asks before it trades';
    case 'live':
      return '';
  }
}

function walletWords({ purpose, watched }: GoLiveDraft, wallets: WalletsView | undefined): string {
  const all = wallets?.wallets ?? [];
  if (purpose === 'trading') return all.find(({ active }) => active)?.name ?? '';
  const known = all.find(({ address }) => address === watched);
  return `Only watching ${known?.name ?? 'another address'}`;
}

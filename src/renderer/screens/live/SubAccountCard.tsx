import { IconHistory } from '@tabler/icons-react';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import type { SubAccountView } from '../../../shared/contract/subAccount.ts';
import { Money } from '../../components/Money.tsx';
import { Tag } from '../../components/Tag.tsx';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { ChoiceCard } from './ChoiceCard.tsx';
import { holdingWords } from './subAccountWords.ts';

interface SubAccountCardProps {
  readonly subAccount: SubAccountView;
  readonly wallets: readonly WalletView[];
  readonly checked: boolean;
  readonly onChoose: () => void;
}

/** A sub-account as the chain shows it: what it is worth, what it holds, who else may trade it. */
export function SubAccountCard({ subAccount, wallets, checked, onChoose }: SubAccountCardProps) {
  const { number, name, delegate, equity, hasVault } = subAccount;
  const known = wallets.find(({ address }) => address === delegate)?.name;
  return (
    <ChoiceCard
      name="subAccount"
      checked={checked}
      onChoose={onChoose}
      label={
        <>
          <span>
            {number} · {name === '' ? 'no name' : name}
          </span>
          {hasVault ? <Tag word="Traded by this engine before" Icon={IconHistory} role="accent" /> : null}
        </>
      }
      aside={<strong>{equity === null ? 'worth not known' : <Money usd={equity} />}</strong>}
    >
      {holdingWords(subAccount)}
      {delegate === null ? null : <>; delegate: {known ?? <WalletAddress address={delegate} />}</>}
    </ChoiceCard>
  );
}

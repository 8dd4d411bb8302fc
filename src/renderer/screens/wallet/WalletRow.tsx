import { Button } from '@mantine/core';
import { IconCircleCheck, IconKeyOff, IconUserShield } from '@tabler/icons-react';
import { calendarDay, dayAndTime, machineTime } from '../../components/clockText.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Tag } from '../../components/Tag.tsx';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { WalletKind, type WalletKindProps } from '../../components/WalletKind.tsx';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { activating } from './useWalletActs.ts';
import type { WalletHands } from './walletHands.ts';
import { WalletMenu } from './WalletMenu.tsx';
import { keyWords, pathWords } from './walletWords.ts';
import styles from './WalletRow.module.css';

export interface WalletRowProps {
  readonly wallet: WalletView;
  readonly owner: WalletKindProps['owner'];
  readonly hands: WalletHands;
  readonly connected: boolean;
}

/** One wallet: what it is, where its key is, and what can be done with it. */
export function WalletRow({ wallet, owner, hands, connected }: WalletRowProps) {
  const { address, name, kind, addedAt, active, key } = wallet;
  const beingMade = useUnderWay(activating(address));
  const path = pathWords(wallet);
  return (
    <li className={styles.row} data-active={active || undefined}>
      <div className={styles.head}>
        <div className={styles.who}>
          <h3 className={styles.name}>{name}</h3>
          <WalletKind kind={kind} owner={owner} />
        </div>
        <span className={styles.end}>
          {active ? (
            <Tag word="Active" Icon={IconCircleCheck} role="accent" />
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Make ${name} active`}
              loading={beingMade}
              disabled={!connected}
              onClick={() => hands.activate(wallet)}
            >
              Make active
            </Button>
          )}
          <WalletMenu wallet={wallet} hands={hands} connected={connected} />
        </span>
      </div>
      <div className={styles.address}>
        <WalletAddress address={address} />
        <CopyButton text={address} about={`the address of ${name}`} />
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>Key</dt>
          <dd>
            {key === 'missing' ? <Tag word={keyWords(key)} Icon={IconKeyOff} role="danger" /> : keyWords(key)}
          </dd>
        </div>
        {path === null ? null : (
          <div>
            <dt>Path</dt>
            <dd>{path}</dd>
          </div>
        )}
        <div>
          <dt>Added</dt>
          <dd>
            <time dateTime={machineTime(addedAt)} title={dayAndTime(addedAt)}>
              {calendarDay(addedAt)}
            </time>
          </dd>
        </div>
      </dl>
      {key === 'missing' ? (
        <p className={styles.missing}>
          Without its key nothing it holds can be moved. Import it again from{' '}
          {wallet.path === null ? 'a copy of its secret key' : 'its recovery phrase'}.
        </p>
      ) : null}
      {kind === 'owner' ? (
        <Button
          className={styles.delegate ?? ''}
          size="compact-sm"
          variant="light"
          leftSection={<IconUserShield size={15} aria-hidden />}
          aria-label={`Create a trading delegate for ${name}`}
          disabled={!connected}
          onClick={() => hands.begin({ kind: 'create', delegateOf: address })}
        >
          Create a trading delegate
        </Button>
      ) : null}
    </li>
  );
}

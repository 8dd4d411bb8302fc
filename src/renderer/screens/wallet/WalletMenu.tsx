import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconFileImport,
  IconPassword,
  IconPencil,
  IconTerminal2,
  IconTrash,
  IconUserShield,
} from '@tabler/icons-react';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { importOf } from './secretTask.ts';
import type { WalletHands } from './walletHands.ts';
import styles from './WalletRow.module.css';

interface WalletMenuProps {
  readonly wallet: WalletView;
  readonly hands: WalletHands;
  readonly connected: boolean;
}

const PASSPHRASE_WORDS = {
  plain: 'Set a passphrase…',
  protected: 'Change its passphrase…',
  unknown: 'Its passphrase…',
} as const;
const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;

/** What is done to a wallet now and then. */
export function WalletMenu({ wallet, hands, connected }: WalletMenuProps) {
  const { address, name, kind, key } = wallet;
  return (
    <Menu position="bottom-end" width={250} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={26} aria-label={`More for ${name}`} disabled={!connected}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => hands.rename(wallet)}>
          Rename…
        </Menu.Item>
        {kind === 'watch' ? (
          <Menu.Item
            leftSection={<IconUserShield {...icon} />}
            onClick={() => hands.begin({ kind: 'create', delegateOf: address })}
          >
            Create a trading delegate…
          </Menu.Item>
        ) : null}
        {key === 'none' || key === 'missing' ? (
          <Menu.Item leftSection={<IconFileImport {...icon} />} onClick={() => hands.begin(importOf(wallet))}>
            Import its key…
          </Menu.Item>
        ) : null}
        {key === 'none' || key === 'missing' ? null : (
          <>
            <Menu.Item
              leftSection={<IconPassword {...icon} />}
              onClick={() => hands.begin({ kind: 'passphrase', address })}
            >
              {PASSPHRASE_WORDS[key]}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTerminal2 {...icon} />}
              onClick={() => hands.begin({ kind: 'export', address })}
            >
              Export its key…
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item
          className={styles.danger ?? ''}
          leftSection={<IconTrash {...icon} />}
          onClick={() => hands.remove(wallet)}
        >
          {kind === 'watch' ? 'Forget…' : 'Remove…'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Modal, Stack } from '@mantine/core';
import { CommandLine } from '../../components/CommandLine.tsx';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { terminalLine, type SecretTask } from './secretTask.ts';
import { howToRun, sheetWords } from './secretWords.ts';
import styles from './Dialogs.module.css';

interface TerminalSheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly task: SecretTask;
  readonly secrets: WalletsView['secrets'];
}

/** What is done on the terminal and nowhere else, with the line that does it. */
export function TerminalSheet({ opened, onClose, task, secrets }: TerminalSheetProps) {
  const { title, text } = sheetWords(task);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <p>{text}</p>
        <CommandLine line={terminalLine(task)} />
        <p className={styles.dim}>{howToRun(secrets)}</p>
      </Stack>
    </Modal>
  );
}

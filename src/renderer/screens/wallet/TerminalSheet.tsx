import { Modal, Stack } from '@mantine/core';
import { CommandLine } from '../../components/CommandLine.tsx';
import { terminalLine, type SecretTask } from './secretTask.ts';
import { HOW_TO_RUN, SHEET_WORDS } from './secretWords.ts';
import styles from './Dialogs.module.css';

interface TerminalSheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly task: SecretTask;
}

/** What is done on the terminal and nowhere else, with the line that does it. */
export function TerminalSheet({ opened, onClose, task }: TerminalSheetProps) {
  const { title, text } = SHEET_WORDS[task.kind];
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
        <p className={styles.dim}>{HOW_TO_RUN}</p>
      </Stack>
    </Modal>
  );
}

import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { Role } from '../theme/palette.ts';
import styles from './ConfirmByTyping.module.css';

export interface ConfirmByTypingProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Called once the word stands in the field and the user confirms, by the button or by Enter. */
  readonly onConfirm: () => void;
  readonly title: string;
  /** The word to type, exactly: LIVE, FLATTEN. */
  readonly word: string;
  /** What will happen, and what it costs. */
  readonly children: ReactNode;
  /** The button's words: "Flatten everything". */
  readonly confirmLabel: string;
  readonly role?: Extract<Role, 'danger' | 'live' | 'accent'>;
  /** True while what was confirmed is under way: it can't be confirmed twice. */
  readonly busy?: boolean;
  /** Why it failed, in words. */
  readonly error?: string;
}

/** Asks for a typed word before something that can't be taken back. Escape closes, Enter confirms. */
export function ConfirmByTyping(props: ConfirmByTypingProps) {
  const { opened, onClose, title } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Confirmation {...props} />
    </Modal>
  );
}

/** Lives only while the dialog is open, so that the word is never typed already. */
function Confirmation({
  onClose,
  onConfirm,
  word,
  children,
  confirmLabel,
  role,
  busy,
  error,
}: ConfirmByTypingProps) {
  const [typed, setTyped] = useState('');
  const ready = typed.trim() === word && busy !== true;
  const confirm = (event: SubmitEvent) => {
    event.preventDefault();
    if (ready) onConfirm();
  };
  return (
    <form onSubmit={confirm}>
      <Stack gap="md">
        <div className={styles.text}>{children}</div>
        <TextInput
          data-autofocus
          label={
            <>
              Type <strong className={styles.word}>{word}</strong> to confirm
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={error}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={role ?? 'danger'} disabled={!ready} loading={busy ?? false}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';

export interface CopyButtonProps {
  /** What is put on the clipboard. */
  readonly text: string;
  /** The button's words: "Copy details". */
  readonly label?: string;
  /** What of several it copies, for a screen reader: "the address of Main". */
  readonly about?: string;
}

/** Copies a text and says whether it did. */
export function CopyButton({ text, label = 'Copy', about }: CopyButtonProps) {
  const { copy, copied, error } = useClipboard({ timeout: 2000 });
  const Icon = copied ? IconCheck : error === null ? IconCopy : IconX;
  const word = copied ? 'Copied' : error === null ? label : 'Not copied';
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={about === undefined ? undefined : `${word} ${about}`}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => copy(text)}
    >
      <span aria-live="polite">{word}</span>
    </Button>
  );
}

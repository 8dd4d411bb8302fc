import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';

export interface CopyButtonProps {
  /** What is put on the clipboard. */
  readonly text: string;
  /** The button's words: "Copy details". */
  readonly label?: string;
}

/** Copies a text and says whether it did. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const { copy, copied, error } = useClipboard({ timeout: 2000 });
  const Icon = copied ? IconCheck : error === null ? IconCopy : IconX;
  const word = copied ? 'Copied' : error === null ? label : 'Not copied';
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => copy(text)}
    >
      <span aria-live="polite">{word}</span>
    </Button>
  );
}

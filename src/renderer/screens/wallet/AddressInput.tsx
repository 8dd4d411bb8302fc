import { TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { addressProblem, lookalike, looksSecret, tidiedAddress } from './addressEntry.ts';
import { foreignTo58 } from './base58Size.ts';
import styles from './Dialogs.module.css';

interface AddressInputProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly wallets: readonly WalletView[];
  /** What is wrong with an unfinished address is said too: it was asked for. */
  readonly asked: boolean;
  /** What the program said of this very address. */
  readonly refusal: string | null;
}

const SECRET =
  'That looked like a secret, and was taken out of this field at once. It was not kept and not sent. An address is public; a phrase or a secret key never belongs here.';

/** The address of a wallet. What looks like a secret is not even kept in the field. */
export function AddressInput({ value, onChange, wallets, asked, refusal }: AddressInputProps) {
  const [left, setLeft] = useState(false);
  const [secret, setSecret] = useState(false);
  const whole = tidiedAddress(value);
  const problem = addressProblem(value, wallets);
  // A wrong character is said while it is typed; that the end is missing, only when nothing more seems to come.
  const isSaid = asked || (left && whole !== '') || foreignTo58(whole) !== undefined || whole.length >= 44;
  const change = (text: string): void => {
    const isSecret = looksSecret(text);
    setSecret(isSecret);
    onChange(isSecret ? '' : text);
  };
  const alike = problem === null ? lookalike(value, wallets) : undefined;
  return (
    <div>
      <TextInput
        data-autofocus
        label="Address"
        description="Its Solana address, all of it"
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={() => {
          setLeft(true);
          if (whole !== value) onChange(whole);
        }}
        error={secret ? SECRET : isSaid ? (problem ?? refusal) : refusal}
        classNames={{ input: styles.addressField ?? '' }}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
      />
      <div className={styles.read} role="status">
        {problem === null ? (
          <>
            <span className={styles.dim}>Compare it, group by group:</span>
            <WalletAddress address={whole} />
          </>
        ) : (
          <span className={styles.dim}>Here it is shown in groups, to be compared.</span>
        )}
        {alike === undefined ? null : (
          <p className={styles.alike}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>
              It begins and ends like {alike.name}, and is another address. Forged addresses look like this:
              make sure that it is the one you mean.
            </span>
          </p>
        )}
      </div>
    </div>
  );
}

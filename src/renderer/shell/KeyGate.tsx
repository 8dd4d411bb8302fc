import { Button, TextInput } from '@mantine/core';
import { IconKey, IconRefresh, IconShieldX, type Icon } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { keep, keyIn } from '../api/accessKey.ts';
import type { RefusalReason } from '../api/transport.ts';
import styles from './Gate.module.css';

interface Words {
  readonly Icon: Icon;
  readonly title: string;
  readonly text: string;
}

const WORDS: Readonly<Record<RefusalReason, Words>> = {
  noKey: {
    Icon: IconKey,
    title: 'This page has no key',
    text: 'Open the address that is printed on the terminal where you started the program. It ends in #key=… and lets only you in.',
  },
  wrongKey: {
    Icon: IconKey,
    title: 'The key of this page is not the program’s',
    text: 'It may be from another data folder. Open the address that is printed on the terminal now. Nothing was sent to the program.',
  },
  notTheServer: {
    Icon: IconShieldX,
    title: 'Something else answers here',
    text: 'What answers on this port could not prove that it is your Phantom Arbiter, so nothing was sent to it. Close what uses the port, start the program, and open the address that it prints.',
  },
  protocol: {
    Icon: IconRefresh,
    title: 'This page and the program are of different versions',
    text: 'Reload the page. If that does not help, open the address that is printed on the terminal.',
  },
};

/** Why this page is not let in, and how to come in. */
export function KeyGate({ reason }: { readonly reason: RefusalReason }) {
  const { Icon, title, text } = WORDS[reason];
  return (
    <main className={styles.gate}>
      <span className={styles.icon}>
        <Icon size={28} stroke={1.5} aria-hidden />
      </span>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.hint}>{text}</p>
      {reason === 'noKey' || reason === 'wrongKey' ? (
        <KeyForm />
      ) : (
        <Button onClick={() => window.location.reload()}>Reload</Button>
      )}
    </main>
  );
}

function KeyForm() {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const enter = (event: SubmitEvent) => {
    event.preventDefault();
    const key = keyIn(text);
    if (key === '') {
      setProblem('There is no key in this text. Copy the whole address, with what follows the #.');
      return;
    }
    keep(window.localStorage, key);
    window.location.reload();
  };
  return (
    <form className={styles.form} onSubmit={enter}>
      <TextInput
        label="The address from the terminal, or its key"
        placeholder="http://127.0.0.1:…/#key=…"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
        error={problem}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit">Open</Button>
    </form>
  );
}

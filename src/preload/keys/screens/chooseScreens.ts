import { choices, type Choice } from '../choices.ts';
import { nextButton, type Screen, type StepView } from '../stepView.ts';

const LENGTHS: readonly Choice<12 | 24>[] = [
  {
    value: 12,
    label: '12 words',
    about: 'Recommended: nobody can guess them, and there is less to write down and to keep.',
  },
  {
    value: 24,
    label: '24 words',
    about: 'Longer than a key on Solana needs. It does no harm.',
  },
];

export const wordsScreen: Screen<'words'> = () => ({
  title: 'How long a recovery phrase?',
  lead: 'Your wallet is made from a phrase of English words, drawn by chance. With it, and only with it, the wallet can be brought back on any computer.',
  ...chosenOf('Words of the phrase', LENGTHS, 12),
});

const SOURCES: readonly Choice<'phrase' | 'secretKey' | 'file'>[] = [
  { value: 'phrase', label: 'Recovery phrase', about: '12 to 24 words, from Phantom or most other wallets.' },
  {
    value: 'secretKey',
    label: 'Secret key',
    about: 'One long line of letters and digits, as wallets export it.',
  },
  { value: 'file', label: 'Keypair file', about: 'A .json file, as solana-keygen writes it.' },
];

export const sourceScreen: Screen<'source'> = () => ({
  title: 'What do you have of it?',
  lead: 'The wallet stays where it is, too: from then on both can sign for it.',
  ...chosenOf('What the wallet is imported from', SOURCES, 'phrase'),
});

export const choosePlaceScreen: Screen<'choosePlace'> = ({ places }) => {
  const listed = places.map(({ path, address, stored }, value): Choice<number> => ({
    value,
    label: path,
    about: address,
    isAddress: true,
    ...(stored ? { taken: 'Already here' } : {}),
  }));
  const free = listed.filter(({ taken }) => taken === undefined);
  const view = chosenOf('Wallets of the phrase', listed, free[0]?.value);
  view.next.disabled = free.length === 0;
  return {
    title: 'Which wallet?',
    lead:
      free.length === 0
        ? 'Every wallet that was found in this phrase is here already.'
        : 'A phrase has many wallets. These are the first on the two usual paths: choose the one whose address you know.',
    ...view,
  };
};

/** What all of these have in common: one of several has to be chosen. */
function chosenOf<Value>(
  legend: string,
  all: readonly Choice<Value>[],
  preset: Value | undefined,
): Omit<StepView<Value>, 'title' | 'lead'> {
  const { root, first, chosen } = choices(legend, all, preset);
  return {
    body: [root],
    first,
    next: nextButton('Continue'),
    take: () => {
      const answer = chosen();
      return answer === undefined ? { problem: 'Choose one of them.', at: first } : { answer };
    },
  };
}

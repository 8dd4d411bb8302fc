import { textField } from '../secretField.ts';
import { nextButton, type Screen } from '../stepView.ts';

/** As many characters as a name may have. */
const LONGEST = 40;

/** What was typed last, so that a name that isn't taken can be mended instead of typed again. */
let typed: string | undefined;

export const nameScreen: Screen<'name'> = ({ suggested, problem }) => {
  const { root, input } = textField(
    { label: 'Name', hint: 'Only you see it. It can be changed later.' },
    problem === undefined ? suggested : (typed ?? suggested),
  );
  input.maxLength = LONGEST;
  return {
    title: 'What shall it be called?',
    lead: 'A name tells your wallets apart. On the network there is only the address.',
    body: [root],
    first: input,
    next: nextButton('Continue'),
    take: () => {
      typed = input.value.trim();
      return typed === '' ? { problem: 'Enter a name.', at: input } : { answer: typed };
    },
  };
};

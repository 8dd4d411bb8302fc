import { secretField } from '../secretField.ts';
import { takeFrom } from '../secretText.ts';
import { nextButton, type Screen } from '../stepView.ts';

export const enterSecretKeyScreen: Screen<'enterSecretKey'> = () => {
  const { root, input } = secretField({ label: 'Secret key' });
  return {
    title: 'Enter the secret key',
    lead: 'Paste it as the other wallet exported it. Empty your clipboard afterwards: other programs can read it.',
    body: [root],
    first: input,
    next: nextButton('Continue'),
    take: () =>
      input.value.trim() === ''
        ? { problem: 'Enter the secret key.', at: input }
        : { answer: takeFrom([input]) },
    left: () => {
      input.value = '';
    },
  };
};

import { textField } from '../secretField.ts';
import { takeFrom } from '../secretText.ts';
import { nextButton, type Screen } from '../stepView.ts';

/** One word, shown as it is typed: all of them stood here a moment ago. */
export const confirmWordScreen: Screen<'confirmWord'> = ({ position, of, done, total }) => {
  const { root, input } = textField({ label: `Word ${position} of ${of}` });
  return {
    title: 'Check what you wrote',
    lead: `Read from your paper. Question ${done} of ${total}.`,
    body: [root],
    first: input,
    next: nextButton('Continue'),
    other: { label: 'Show the phrase again', answer: null },
    take: () =>
      input.value.trim() === ''
        ? { problem: `Enter word ${position}, as it stands on your paper.`, at: input }
        : { answer: takeFrom([input]) },
    left: () => {
      input.value = '';
    },
  };
};

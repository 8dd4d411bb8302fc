import { element } from '../element.ts';
import { freshId } from '../secretField.ts';
import { nextButton, type Screen } from '../stepView.ts';

/** A keypair file has some 230 bytes. What is far larger is none, and isn't read. */
const LARGEST_BYTES = 4_096;

export const enterFileScreen: Screen<'enterFile'> = () => {
  const id = freshId('file');
  const input = element('input', { id, type: 'file', class: 'file', accept: '.json,application/json' });
  return {
    title: 'Choose the keypair file',
    lead: 'The file stays where it is, and whoever finds it has the key: delete it if it is needed nowhere else.',
    body: [
      element(
        'div',
        { class: 'field' },
        element('label', { for: id, class: 'label' }, 'Keypair file'),
        input,
      ),
    ],
    first: input,
    next: nextButton('Continue'),
    take: async () => {
      const file = input.files?.[0];
      if (file === undefined) return { problem: 'Choose a file.', at: input };
      if (file.size > LARGEST_BYTES)
        return { problem: 'That file is too large to be a keypair file.', at: input };
      try {
        const answer = new Uint8Array(await file.arrayBuffer());
        input.value = '';
        return { answer };
      } catch {
        return { problem: 'The file could not be read. Check where it is, and who may read it.', at: input };
      }
    },
  };
};

import { addressLine } from '../addressLine.ts';
import { element } from '../element.ts';
import { nextButton, type Screen } from '../stepView.ts';

/** Whose account a delegate may trade for: nothing else says so where no page can change it. */
export const confirmOwnerScreen: Screen<'confirmOwner'> = ({ owner, name }) => {
  const next = nextButton('It is mine');
  return {
    title: 'For whose account?',
    lead: 'A trading delegate trades for another wallet, and can’t withdraw from it. Its account on the venue is that of this address.',
    body: [
      element(
        'div',
        { class: 'field' },
        element('p', { class: 'label' }, `The owner: ${name}`),
        addressLine(owner),
        element('p', { class: 'hint' }, 'Compare the whole address. If you don’t know it, cancel.'),
      ),
    ],
    first: next,
    next,
    take: () => ({ answer: null }),
  };
};

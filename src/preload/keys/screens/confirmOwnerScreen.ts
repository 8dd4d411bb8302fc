import { addressLine } from '../addressLine.ts';
import { choices } from '../choices.ts';
import { element } from '../element.ts';
import { nextButton, type Screen } from '../stepView.ts';

const MINE = {
  value: true,
  label: 'This address is mine',
  about: 'I have compared it with where I know it from. If you don’t know it, cancel.',
} as const;

/**
 * Whose account a delegate may trade for: nothing else says so where no page can change it. It takes more than Enter,
 * so that nobody agrees to a stranger's by habit.
 */
export const confirmOwnerScreen: Screen<'confirmOwner'> = ({ owner, name }) => {
  const { root, first, chosen } = choices('Whether the owner is known', [MINE]);
  return {
    title: 'For whose account?',
    lead: 'A trading delegate trades for another wallet, and can’t withdraw from it. Its account on the venue is that of this address.',
    body: [
      element(
        'div',
        { class: 'field' },
        element('p', { class: 'label' }, `The owner: ${name}`),
        addressLine(owner),
      ),
      root,
    ],
    first,
    next: nextButton('Continue'),
    take: () =>
      chosen() === true
        ? { answer: null }
        : { problem: 'Compare the address, and say that it is yours.', at: first },
  };
};

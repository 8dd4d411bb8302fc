import type { StepOf } from '../../../shared/contract/ceremony.ts';
import { addressLine } from '../addressLine.ts';
import { element } from '../element.ts';
import { secretField } from '../secretField.ts';
import { takeFrom } from '../secretText.ts';
import { nextButton, type Screen } from '../stepView.ts';

type Purpose = StepOf<'passphrase'>['purpose'];

const WORDS: Readonly<
  Record<Purpose, { readonly title: string; readonly lead: string; readonly next: string }>
> = {
  unlock: {
    title: 'Unlock the wallet',
    lead: 'Until it locks itself again, the program can sign with it.',
    next: 'Unlock',
  },
  change: {
    title: 'First, the passphrase it has',
    lead: 'Only who knows it can change it or take it away.',
    next: 'Continue',
  },
  export: {
    title: 'The passphrase, once more',
    lead: 'Only who knows it can see the key.',
    next: 'Continue',
  },
};

export const passphraseScreen: Screen<'passphrase'> = ({ address, name, purpose, waitMs }) => {
  const { title, lead, next: label } = WORDS[purpose];
  const { root, input } = secretField({ label: 'Passphrase' });
  const next = nextButton(label);
  const stop = holdBack(next, label, waitMs ?? 0);
  return {
    title,
    lead,
    body: [
      element(
        'div',
        { class: 'field' },
        element('p', { class: 'label' }, name ?? 'The wallet'),
        addressLine(address),
      ),
      root,
    ],
    first: input,
    next,
    take: () =>
      input.value === '' ? { problem: 'Enter the passphrase.', at: input } : { answer: takeFrom([input]) },
    left: () => {
      stop();
      input.value = '';
    },
  };
};

/** Counts the seconds down in the button, which can be pressed once they are over. Returns what stops it. */
function holdBack(button: HTMLButtonElement, label: string, waitMs: number): () => void {
  const until = performance.now() + waitMs;
  const show = (): void => {
    const seconds = Math.ceil((until - performance.now()) / 1_000);
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? `${label} in ${seconds} s` : label;
    if (seconds <= 0) clearInterval(timer);
  };
  const timer = setInterval(show, 250);
  show();
  return () => {
    clearInterval(timer);
  };
}

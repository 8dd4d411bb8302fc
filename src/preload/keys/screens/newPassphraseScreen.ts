import { element } from '../element.ts';
import { passphraseWords } from '../passphraseWords.ts';
import { freshId, secretField } from '../secretField.ts';
import { takeFrom } from '../secretText.ts';
import { nextButton, type Screen } from '../stepView.ts';

export const newPassphraseScreen: Screen<'newPassphrase'> = ({ shortest, had }) => {
  const passphrase = secretField({ label: had ? 'New passphrase' : 'Passphrase' });
  const repeated = secretField({ label: 'Repeated passphrase' });
  const id = freshId('strength');
  const strength = element('p', { id, class: 'strength', 'aria-live': 'polite' });
  passphrase.input.setAttribute('aria-describedby', id);
  passphrase.input.addEventListener('input', () => {
    const { value } = passphrase.input;
    const { level, sentence } = passphraseWords(value, shortest);
    strength.textContent = value === '' ? '' : sentence;
    strength.dataset['level'] = level;
  });
  const empty = (): void => {
    for (const { input } of [passphrase, repeated]) input.value = '';
    strength.textContent = '';
  };
  return {
    title: had ? 'Choose a new passphrase' : 'Protect it with a passphrase?',
    lead: 'The keychain of your computer holds the key. A passphrase locks it once more: whoever gets at your keychain still can’t sign. If you forget it, only the recovery phrase or a copy of the key brings the wallet back.',
    body: [
      passphrase.root,
      strength,
      repeated.root,
      element(
        'p',
        { class: 'note' },
        had
          ? 'Without a passphrase the keychain alone protects the key: whoever can use your account on this computer can use the wallet.'
          : 'Without one, whoever can use your account on this computer can use the wallet.',
      ),
    ],
    first: passphrase.input,
    next: nextButton(had ? 'Change it' : 'Protect it'),
    other: { label: had ? 'Remove the passphrase' : 'No passphrase', answer: null },
    take: () => {
      const [one, two] = [passphrase.input, repeated.input];
      if (Array.from(one.value).length < shortest)
        return { problem: `A passphrase has at least ${shortest} characters.`, at: one };
      if (one.value !== two.value)
        return { problem: 'The two are not the same. Type the same one twice.', at: two };
      const answer = { passphrase: takeFrom([one]), repeated: takeFrom([two]) };
      empty();
      return { answer };
    },
    left: empty,
  };
};

import { element } from '../element.ts';
import { nextButton, type Screen } from '../stepView.ts';

/** The words are in the page only while they are shown. They can't be selected, copied or dragged out of it. */
export const showPhraseScreen: Screen<'showPhrase'> = ({ phrase }) => {
  const sheet = element('div', { class: 'sheet' });
  const toggle = element(
    'button',
    { type: 'button', class: 'button', 'aria-pressed': 'false' },
    'Show the words',
  );
  const next = nextButton('I have written them down');
  next.disabled = true;
  const hide = (): void => {
    sheet.replaceChildren(
      element('p', { class: 'veil' }, 'Look around first: is anybody watching, or a camera?'),
    );
  };
  toggle.addEventListener('click', () => {
    const isShown = toggle.getAttribute('aria-pressed') !== 'true';
    toggle.setAttribute('aria-pressed', String(isShown));
    toggle.textContent = isShown ? 'Hide the words' : 'Show the words';
    if (isShown) sheet.replaceChildren(numbered(phrase));
    else hide();
    next.disabled = false;
  });
  hide();
  return {
    title: 'Write these words down',
    lead: 'Whoever has these words has the money, and whoever loses them can lose it. Write them on paper, in this order. No photo, no file, no message.',
    body: [sheet, element('div', { class: 'row' }, toggle)],
    first: toggle,
    next,
    take: () => ({ answer: null }),
    left: () => {
      phrase.fill(0);
      sheet.replaceChildren();
    },
  };
};

function numbered(phrase: Uint8Array): HTMLElement {
  const words = new TextDecoder().decode(phrase).split(' ');
  const list = element('ol', { class: 'phrase', 'aria-label': 'The recovery phrase' });
  list.append(...words.map((word) => element('li', {}, word)));
  for (const way of ['copy', 'cut', 'dragstart', 'selectstart'])
    list.addEventListener(way, (event) => {
      event.preventDefault();
    });
  return list;
}

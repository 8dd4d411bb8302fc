import { element, UNLEARNED } from '../element.ts';
import { freshId, revealButton } from '../secretField.ts';
import { takeFrom } from '../secretText.ts';
import { nextButton, type Screen } from '../stepView.ts';
import { PHRASE_LENGTHS, lengthFor, wordsIn, type PhraseLength } from '../typedWords.ts';

const LONGEST = 24;

/**
 * A box a word, numbered as on the paper. A whole phrase may be pasted into any of them; a space goes on to the next.
 * Whether the words are right is for the signer to say.
 */
export const enterPhraseScreen: Screen<'enterPhrase'> = () => {
  const boxes = Array.from({ length: LONGEST }, (_, at) =>
    element('input', { type: 'password', class: 'input', 'aria-label': `Word ${at + 1}`, ...UNLEARNED }),
  );
  const rows = boxes.map((box, at) =>
    element('div', { class: 'box' }, element('span', { 'aria-hidden': 'true' }, String(at + 1)), box),
  );
  const lengths = lengthButtons((length) => {
    show(length);
  });
  let length: PhraseLength = 12;
  function show(wanted: PhraseLength): void {
    length = wanted;
    lengths.choose(wanted);
    rows.forEach((row, at) => {
      row.hidden = at >= wanted;
    });
    for (const box of boxes.slice(wanted)) box.value = '';
  }
  const spread = (words: readonly string[], from: number): void => {
    const needed = lengthFor(from + words.length);
    if (needed > length) show(needed);
    words.forEach((word, at) => {
      const box = boxes[from + at];
      if (box !== undefined) box.value = word;
    });
    boxes[Math.min(from + words.length, length - 1)]?.focus();
  };
  boxes.forEach((box, at) => {
    listen(box, at, boxes, spread);
  });
  show(12);
  return {
    title: 'Enter the recovery phrase',
    lead: 'Word by word, or paste all of it into the first box.',
    body: [
      element('div', { class: 'row' }, lengths.root, revealButton(boxes, 'Show', 'the words')),
      element('div', { class: 'boxes' }, ...rows),
    ],
    first: boxes[0] ?? lengths.root,
    next: nextButton('Continue'),
    take: () => {
      const shown = boxes.slice(0, length);
      const empty = shown.findIndex(({ value }) => value.trim() === '');
      const missing = shown[empty];
      if (missing !== undefined) return { problem: `Word ${empty + 1} is missing.`, at: missing };
      return { answer: takeFrom(shown, ' ') };
    },
    left: () => {
      for (const box of boxes) box.value = '';
    },
  };
};

function listen(
  box: HTMLInputElement,
  at: number,
  boxes: readonly HTMLInputElement[],
  spread: (words: readonly string[], from: number) => void,
): void {
  box.addEventListener('paste', (event) => {
    event.preventDefault();
    spread(wordsIn(event.clipboardData?.getData('text/plain') ?? ''), at);
  });
  box.addEventListener('input', () => {
    // A space ends a word; several come from a keyboard that completes them.
    if (!/\s/.test(box.value)) return;
    const words = wordsIn(box.value);
    box.value = '';
    if (words.length > 0) spread(words, at);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Backspace' || box.value !== '') return;
    event.preventDefault();
    boxes[at - 1]?.focus();
  });
}

function lengthButtons(chosen: (length: PhraseLength) => void) {
  const name = freshId('length');
  const radios = PHRASE_LENGTHS.map((length) => {
    const radio = element('input', { type: 'radio', name, class: 'unseen' });
    radio.addEventListener('change', () => {
      chosen(length);
    });
    return { radio, label: element('label', { class: 'segment' }, radio, String(length)), length };
  });
  const root = element(
    'fieldset',
    { class: 'segments' },
    element('legend', { class: 'unseen' }, 'Words of the phrase'),
  );
  root.append(...radios.map(({ label }) => label));
  return {
    root,
    choose: (wanted: PhraseLength): void => {
      for (const { radio, length } of radios) radio.checked = length === wanted;
    },
  };
}

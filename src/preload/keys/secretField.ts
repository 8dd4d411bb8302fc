import { element, UNLEARNED } from './element.ts';

let made = 0;

/** An id that no other element has. */
export function freshId(name: string): string {
  made += 1;
  return `${name}-${made}`;
}

export interface Field {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
}

interface FieldWords {
  readonly label: string;
  readonly hint?: string;
}

/** A field that shows what is typed. */
export function textField({ label, hint }: FieldWords, value = ''): Field {
  const id = freshId('field');
  const input = element('input', { id, type: 'text', class: 'input', ...UNLEARNED });
  input.value = value;
  return { root: labelled(label, hint, input, input), input };
}

/** A field that shows dots, and what is typed only while its button is pressed in. */
export function secretField({ label, hint }: FieldWords): Field {
  const id = freshId('field');
  const input = element('input', { id, type: 'password', class: 'input', ...UNLEARNED });
  const reveal = revealButton([input], 'Show', label.toLowerCase());
  return {
    root: labelled(label, hint, input, element('div', { class: 'with-reveal' }, input, reveal)),
    input,
  };
}

/** Shows and hides what is in fields. */
export function revealButton(
  fields: readonly HTMLInputElement[],
  word: string,
  what: string,
): HTMLButtonElement {
  const label = `${word} ${what}`;
  const button = element(
    'button',
    { type: 'button', class: 'button quiet', 'aria-pressed': 'false', 'aria-label': label },
    word,
  );
  button.addEventListener('click', () => {
    const isShown = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isShown));
    for (const field of fields) field.type = isShown ? 'text' : 'password';
  });
  return button;
}

function labelled(
  label: string,
  hint: string | undefined,
  input: HTMLInputElement,
  control: HTMLElement,
): HTMLElement {
  const root = element('div', { class: 'field' }, element('label', { for: input.id, class: 'label' }, label));
  if (hint !== undefined) {
    const id = freshId('hint');
    root.append(element('p', { id, class: 'hint' }, hint));
    input.setAttribute('aria-describedby', id);
  }
  root.append(control);
  return root;
}

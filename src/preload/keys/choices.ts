import { element } from './element.ts';
import { freshId } from './secretField.ts';

export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  /** What it means. */
  readonly about: string;
  /** Why it can't be chosen. */
  readonly taken?: string;
  /** Whether the text about it is an address. */
  readonly isAddress?: boolean;
}

export interface Choices<Value> {
  readonly root: HTMLElement;
  /** The first that can be chosen; the list itself where none can. */
  readonly first: HTMLElement;
  readonly chosen: () => Value | undefined;
}

/** Cards of which one is chosen: radio buttons, so that arrow keys go through them. */
export function choices<Value>(
  legend: string,
  all: readonly Choice<Value>[],
  preset?: Value,
): Choices<Value> {
  const name = freshId('choice');
  const rows = all.map((choice) => row(name, choice, choice.value === preset));
  const root = element(
    'fieldset',
    { class: 'choices', tabindex: '-1' },
    element('legend', { class: 'unseen' }, legend),
  );
  root.append(...rows.map(({ card }) => card));
  const radios = rows.map(({ radio }) => radio);
  return {
    root,
    first: radios.find(({ checked }) => checked) ?? radios.find(({ disabled }) => !disabled) ?? root,
    chosen: () => all[radios.findIndex(({ checked }) => checked)]?.value,
  };
}

function row<Value>(name: string, { label, about, taken, isAddress }: Choice<Value>, isPreset: boolean) {
  const id = freshId('about');
  const radio = element('input', {
    type: 'radio',
    name,
    class: 'radio',
    'aria-describedby': id,
    disabled: taken !== undefined,
  });
  radio.checked = isPreset;
  const head = element('span', { class: 'choice-label' }, label);
  if (taken !== undefined) head.append(element('span', { class: 'tag' }, taken));
  const detail = element(
    'span',
    { id, class: isAddress === true ? 'choice-about address' : 'choice-about' },
    about,
  );
  return { radio, card: element('label', { class: 'choice' }, radio, head, detail) };
}

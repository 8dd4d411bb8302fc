type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * An element with its attributes and what is in it. Text stays text: nothing is ever read as HTML. `true` sets an
 * attribute without a value; `false` and undefined leave it out.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') made.setAttribute(name, value);
    else if (value === true) made.setAttribute(name, '');
  }
  made.append(...content);
  return made;
}

/** What is typed or shown here is not to be learned, corrected or offered again by the browser. */
export const UNLEARNED: Attributes = {
  autocomplete: 'off',
  autocapitalize: 'none',
  autocorrect: 'off',
  spellcheck: 'false',
};

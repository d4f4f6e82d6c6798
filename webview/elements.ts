/** What an element may be given: attributes, by their names in HTML. Nothing that could hold code. */
type Attributes = Readonly<
  Partial<
    Record<
      | 'class'
      | 'id'
      | 'type'
      | 'title'
      | 'role'
      | 'dir'
      | 'alt'
      | 'width'
      | 'height'
      | 'tabindex'
      | 'data-key'
      | 'aria-label'
      | 'aria-labelledby'
      | 'aria-live'
      | 'aria-hidden'
      | 'aria-busy',
      string
    >
  >
>;

/** Makes an element. Strings become text, whatever they hold; undefined children are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A button that does something when it is clicked, or by Enter or Space. */
export function button(title: string, attributes: Attributes, run: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, title);
  made.addEventListener('click', run);
  return made;
}

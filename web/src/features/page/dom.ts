/** The element marked `data-part="name"`; the markup lives in the .astro files, and a missing part is a defect. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows which element its markup has
export function part<E extends Element = HTMLElement>(root: ParentNode, name: string): E {
  const found = root.querySelector<E>(`[data-part="${name}"]`);
  if (!found) throw new Error(`The page has no part "${name}"`);
  return found;
}

/** Writes only what differs, so that screen readers, selections and layout are left in peace. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setShown(element: HTMLElement, isShown: boolean): void {
  if (element.hidden === isShown) element.hidden = !isShown;
}

/** Symbols are drawn once per page, in icons.astro. */
export function setIcon(use: Element, name: string): void {
  const href = `#icon-${name}`;
  if (use.getAttribute("href") !== href) use.setAttribute("href", href);
}

/** Tells screen readers a sentence, politely, through the page's one live region. */
export function announce(sentence: string): void {
  setText(part(document, "announcer"), sentence);
}

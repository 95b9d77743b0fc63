/** A row of a table: texts, or elements, each with the class of its cell. */
export function tableRow(
  cells: readonly (readonly [content: string | Node, kind?: string])[],
): HTMLTableRowElement {
  const row = document.createElement("tr");
  for (const [content, kind] of cells) {
    const cell = row.insertCell();
    cell.append(content);
    if (kind) cell.className = kind;
  }
  return row;
}

/** A button that looks like a link. */
export function linkButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = text;
  button.addEventListener("click", onClick);
  return button;
}

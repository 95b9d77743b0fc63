import { consoleTexts as texts } from "../../../texts/console.ts";
import { part, setText } from "../page/dom.ts";

/**
 * Wires a field that holds a link, its button that copies, and the line that says so. Where the browser lets no page copy
 * (no secure address, or no permission) the link is selected instead, and the line says what to do.
 */
export function wireCopy(root: HTMLElement): { show: (link: string) => void } {
  const field = part<HTMLInputElement>(root, "link");
  const said = part(root, "copy-said");

  async function copy(): Promise<void> {
    setText(said, "");
    try {
      await navigator.clipboard.writeText(field.value);
      setText(said, texts.shopPage.copied);
    } catch {
      field.focus();
      field.select();
      setText(said, texts.shopPage.notCopied);
    }
  }

  part(root, "copy").addEventListener("click", () => void copy());
  field.addEventListener("focus", () => field.select());
  return {
    show: (link) => {
      if (field.value !== link) field.value = link;
      part<HTMLAnchorElement>(root, "open").href = link;
    },
  };
}

import { consoleTexts } from "../../../texts/console.ts";
import { part, setShown, setText } from "../page/dom.ts";

const texts = consoleTexts.form.picture;

/** What the form's field for a picture shows: the picture with its words, or what was wrong with a file. */
export function pictureFieldView(root: HTMLElement) {
  const file = part<HTMLInputElement>(root, "picture-file");
  const alt = part<HTMLInputElement>(root, "picture-alt");
  const preview = part(root, "picture-preview");

  function tell(said: string, wrong = ""): void {
    setText(part(root, "picture-status"), said);
    setText(part(root, "picture-error"), wrong);
    file.setAttribute("aria-invalid", String(wrong !== ""));
  }

  function describe(): void {
    const shown = preview.firstElementChild;
    if (shown instanceof HTMLImageElement) shown.alt = alt.value;
    else shown?.setAttribute("aria-label", alt.value || texts.preview);
  }

  alt.addEventListener("input", describe);
  return {
    file,
    alt,
    tell,

    /** Shows a picture, which must then be described; null takes it away. */
    show(shown: HTMLElement | null): void {
      preview.replaceChildren(...(shown ? [shown] : []));
      for (const name of ["picture-preview", "picture-alt-label", "picture-remove"])
        setShown(part(root, name), shown !== null);
      alt.required = shown !== null;
      if (!shown) [file.value, alt.value] = ["", ""];
      describe();
    },
  };
}

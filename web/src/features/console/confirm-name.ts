import { consoleTexts as texts } from "../../../texts/console.ts";
import { part, setText } from "../page/dom.ts";

/**
 * Asks for the sale's name before something that cannot be taken back; false when the operator thinks better of it.
 *
 * @param action what the button says that it does.
 */
export function confirmByName(what: string, name: string, action: string): Promise<boolean> {
  const dialog = part<HTMLDialogElement>(document, "confirm");
  const input = part<HTMLInputElement>(dialog, "confirm-name");
  const form = part<HTMLFormElement>(dialog, "confirm-form");
  setText(part(dialog, "confirm-text"), what);
  setText(part(dialog, "confirm-action"), action);
  setText(part(dialog, "confirm-expected"), name);
  setText(part(dialog, "confirm-error"), "");
  input.value = "";
  return new Promise((resolve) => {
    const gone = new AbortController();
    const { signal } = gone;
    const finish = (isConfirmed: boolean) => {
      gone.abort();
      dialog.close();
      resolve(isConfirmed);
    };
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        if (input.value.trim() === name.trim()) return finish(true);
        setText(part(dialog, "confirm-error"), texts.actions.wrongName);
        input.select();
      },
      { signal },
    );
    part(dialog, "confirm-cancel").addEventListener("click", () => finish(false), { signal });
    dialog.addEventListener("cancel", () => finish(false), { signal });
    dialog.showModal();
  });
}

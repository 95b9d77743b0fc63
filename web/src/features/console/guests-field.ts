import { part, setShown } from "../page/dom.ts";

/** Shows the fields that go with who may come. */
export function wireGuestsField(form: HTMLFormElement): { show: () => void } {
  const kind = part<HTMLSelectElement>(form, "guests-kind");
  function show(): void {
    const isListed = kind.value !== "everybody";
    setShown(part(form, "guests-by-field"), isListed);
    setShown(part(form, "guests-note"), isListed);
    for (const field of form.querySelectorAll<HTMLElement>('[data-part="guests-tier-field"]'))
      setShown(field, isListed);
  }
  kind.addEventListener("change", show);
  return { show };
}

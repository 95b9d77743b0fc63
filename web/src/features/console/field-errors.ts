/** Says at a field what is wrong with it, until something else is typed there or another try is made. */
export function fieldErrors(form: HTMLFormElement) {
  const control = (name: string) => form.elements.namedItem(name);

  function clearAll(): void {
    for (const field of form.querySelectorAll<HTMLElement>("[aria-errormessage]")) clear(field);
  }

  form.addEventListener("input", ({ target }) => target instanceof HTMLElement && clear(target));
  // The browser complains of a field by itself, and then nothing is submitted: what was said before no longer holds.
  form.addEventListener("invalid", clearAll, { capture: true });

  return {
    clearAll,

    /** Marks the named fields and goes to the first; answers those that the form does not have. */
    show(errors: Readonly<Record<string, string>>): string[] {
      clearAll();
      const names = Object.keys(errors);
      const fields = names.flatMap((name) => {
        const field = control(name);
        return field instanceof HTMLElement ? [{ field, text: errors[name] ?? "" }] : [];
      });
      for (const { field, text } of fields) mark(field, text);
      fields[0]?.field.focus();
      return names.filter((name) => !(control(name) instanceof HTMLElement));
    },
  };
}

const errorId = (field: HTMLElement) => `${field.getAttribute("name") ?? field.id}-error`;

function mark(field: HTMLElement, text: string): void {
  const error = document.createElement("p");
  error.id = errorId(field);
  error.className = "field-error";
  // Not every reader follows aria-errormessage.
  error.setAttribute("aria-live", "polite");
  error.textContent = text;
  // What is folded up cannot be gone to.
  field.closest("details")?.setAttribute("open", "");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-errormessage", error.id);
  (field.closest("label") ?? field).after(error);
}

function clear(field: HTMLElement): void {
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-errormessage");
  document.getElementById(errorId(field))?.remove();
}

import { consoleTexts as texts } from "../../../texts/console.ts";
import type { LineNumbers } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import {
  fieldsOfMode,
  isTooLate,
  modeFieldNames,
  type ModeFields,
  timesBefore,
  type WrongField,
} from "./mode-form.ts";
import { instantOf } from "./zoned-time.ts";

const settings = modeFieldNames.filter((name) => name !== "mode");
const words = texts.form.mode;

/** How much of a mode stands: nobody has joined, somebody has, or list 0 has closed. */
export type ModeLock = "none" | "kind" | "all";
export const lockOf = ({ line }: LineNumbers): ModeLock =>
  line.phase !== "joining" ? "all" : line.log.lines > 0 ? "kind" : "none";

export type ModeField = {
  /** Shows the fields that the chosen mode has. */
  show: () => void;
  lock: (lock: ModeLock) => void;
};

/** What to say at each wrong field. */
export const modeErrors = (wrong: readonly WrongField[]): Record<string, string> =>
  Object.fromEntries(wrong.map(({ field, why }) => [field, field === "mode" ? "" : words.wrong[field][why]]));

export function wireModeField(form: HTMLFormElement): ModeField {
  const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
  const kind = part<HTMLSelectElement>(form, "mode-kind");
  let locked: ModeLock = "none";
  /** What was filled in here, and not by anybody's hand. */
  const filled = { closesAt: "", resultAt: "" };

  function show(): void {
    const shown = fieldsOfMode(kind.value);
    for (const name of settings) setShown(part(form, `${name}-field`), shown.includes(name));
    setText(
      part(form, "mode-note"),
      locked === "none" ? words.notes[kind.value as "open"] : words.locked[locked],
    );
    warn();
  }

  /** A line has its times from the start, until somebody chooses others. */
  function fillTimes(): void {
    const startsAtMs = instantOf(control("startsAt").value, control("zone").value);
    if (locked !== "none" || kind.value === "open" || startsAtMs === null) return;
    const times = timesBefore(startsAtMs, control("zone").value);
    for (const name of ["closesAt", "resultAt"] as const) {
      const field = control(name);
      if (field.value !== "" && field.value !== filled[name]) continue;
      field.value = times[name];
      // As the browser writes it.
      filled[name] = field.value;
    }
  }

  function warn(): void {
    const fields = Object.fromEntries(
      modeFieldNames.map((name) => [name, control(name).value]),
    ) as ModeFields;
    const isLate = locked !== "all" && isTooLate(fields, control("zone").value, Date.now());
    const late = part(form, "mode-late");
    setShown(late, isLate);
    setText(late, isLate ? words.tooLate[kind.value === "draw" ? "draw" : "waiting_room"] : "");
  }

  kind.addEventListener("change", () => {
    // A turn of a draw lasts a day: a win is a promise, and nobody sits waiting for it.
    const minutes = control("turnMinutes");
    if (kind.value === "draw" && minutes.value === "5") minutes.value = "1440";
    if (kind.value === "waiting_room" && minutes.value === "1440") minutes.value = "5";
    fillTimes();
    show();
  });
  for (const name of ["startsAt", "zone"]) control(name).addEventListener("change", fillTimes);
  for (const name of ["startsAt", "zone", "closesAt"]) control(name).addEventListener("change", warn);
  return {
    show,
    lock: (lock) => {
      locked = lock;
      kind.disabled = lock !== "none";
      for (const name of settings) control(name).disabled = lock === "all";
      // Once the line has begun, its pace is changed at the line itself.
      for (const name of ["admissionsPerSecond", "mostInside"]) control(name).disabled = lock !== "none";
      show();
    },
  };
}

/** A wall-clock time as `<input type="datetime-local">` has it: "2026-11-27T10:00:00". */
export type WallTime = string;

const DAY_MS = 86_400_000;

/** What clocks in a zone show at an instant. */
export function wallTimeAt(ms: number, zone: string): WallTime {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return format.format(ms).replace(" ", "T");
}

/**
 * The instant at which clocks in a zone show a wall time; null where they never do, because they are put forward over
 * it. Shown twice, because they are put back, it is the first.
 */
export function instantOf(wall: WallTime, zone: string): number | null {
  const full = /T\d\d:\d\d$/.test(wall) ? `${wall}:00` : wall;
  const asIfUtc = Date.parse(`${full}Z`);
  if (Number.isNaN(asIfUtc)) return null;
  const offsetAt = (ms: number) => Date.parse(`${wallTimeAt(ms, zone)}Z`) - ms;
  const candidates = [offsetAt(asIfUtc - DAY_MS), offsetAt(asIfUtc + DAY_MS)].map(
    (offset) => asIfUtc - offset,
  );
  const matching = candidates.filter((ms) => wallTimeAt(ms, zone) === full.slice(0, 19));
  return matching.length === 0 ? null : Math.min(...matching);
}

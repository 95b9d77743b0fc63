import { forecast, launchDefaults, unitsFor } from "../forecast.ts";
import type { Mode } from "../model/stage.ts";
import type { ServiceTimes } from "../service-times.ts";
import { formatForecasts, formatRuns } from "./format-forecast.ts";
import { formatServiceTimes, formatSources } from "./format-inputs.ts";

export const DOCUMENT = "docs/capacity.md";
export const CROWDS = [10_000, 100_000, 1_000_000] as const;
/** Units of sales that are far too small for the largest of these crowds. */
const SCARCE_UNITS = [1_000, 100] as const;

/** The parts of the document that are made: by their marker. */
export function documentParts(times: ServiceTimes, crowds: readonly number[] = CROWDS): Map<string, string> {
  const launch = (mode: Mode, crowd: number, units = unitsFor(crowd)) =>
    forecast({ ...launchDefaults, crowd, mode, units }, times);
  const mode = (name: Mode) => formatForecasts(crowds.map((crowd) => launch(name, crowd)));
  const most = Math.max(...crowds);
  return new Map([
    ["open", mode("open")],
    ["scarce", formatRuns(SCARCE_UNITS.map((units) => launch("open", most, units)))],
    ["waiting_room", mode("waiting_room")],
    ["draw", mode("draw")],
    ["service times", formatServiceTimes(times)],
    ["sources", formatSources()],
  ]);
}

const begin = (name: string) => `<!-- ${name}: made by \`npm run capacity -- --write\` -->`;
const end = (name: string) => `<!-- end of ${name} -->`;

/** @throws Error if the document has no such part */
export function partOf(text: string, name: string): string {
  const from = text.indexOf(begin(name));
  const to = text.indexOf(end(name));
  if (from < 0 || to < 0) throw new Error(`${DOCUMENT} has no part "${name}"`);
  return text.slice(from + begin(name).length, to).trim();
}

/** The document with a part made anew. */
export function withPart(text: string, name: string, part: string): string {
  const old = partOf(text, name);
  const [before, after] = splitAt(text, begin(name));
  return `${before}${begin(name)}\n\n${part}\n\n${after.replace(old, () => "").trimStart()}`;
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

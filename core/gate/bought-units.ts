import { word } from "./gate-replies.ts";

/** What was bought in each step whose turns may still run, and the units that nobody has, of one instant. */
export type BoughtUnits =
  | { readonly kind: "lost" | "recovering" }
  | {
      readonly kind: "counted";
      readonly nowMs: number;
      readonly available: number;
      readonly steps: readonly { readonly step: number; readonly units: number }[];
    };

export function parseBoughtUnits(reply: readonly Buffer[]): BoughtUnits {
  const kind = word(reply, ["counted", "lost", "recovering"]);
  if (kind !== "counted") return { kind };
  const numbers = reply.slice(3).map(Number);
  const steps = Array.from({ length: numbers.length / 2 }, (_, i) => ({
    step: numbers[2 * i]!,
    units: numbers[2 * i + 1]!,
  }));
  return { kind, nowMs: Number(reply[1]), available: Number(reply[2]), steps };
}

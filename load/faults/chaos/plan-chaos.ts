import { seededRandom } from "../../random.ts";
import { catalogue } from "../catalogue/catalogue.ts";

export type ChaosStep = { readonly atMs: number; readonly fault: string };

const FIRST_MS = 3_000;
const LEAST_GAP_MS = 1_000;
const MOST_GAP_MS = 9_000;
/** The sale is left alone at its end, so that what is still broken then stays visible. */
const QUIET_SHARE = 0.15;

/** Which fault strikes when. A pure function: the same seed and length give the same plan. */
export function planChaos(seed: number, seconds: number): ChaosStep[] {
  const names = catalogue.filter((fault) => fault.isChaotic).map((fault) => fault.name);
  const random = seededRandom(seed);
  const endsAtMs = seconds * 1000 * (1 - QUIET_SHARE);
  const steps: ChaosStep[] = [];
  for (let atMs = FIRST_MS; atMs < endsAtMs;) {
    const fault = names[Math.floor(random() * names.length)];
    if (fault !== undefined) steps.push({ atMs: Math.round(atMs), fault });
    atMs += LEAST_GAP_MS + random() * (MOST_GAP_MS - LEAST_GAP_MS);
  }
  return steps;
}

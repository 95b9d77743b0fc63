import type { LineFault } from "../line/line-fault.ts";
import { lineGuardians } from "./line-guardians.ts";
import { lineReturns } from "./line-returns.ts";
import { lineTurns } from "./line-turns.ts";

/** Every fault of a line, in both of its paces; the slow ones first. */
export const lineCatalogue: readonly LineFault[] = [...lineTurns, ...lineReturns, ...lineGuardians];

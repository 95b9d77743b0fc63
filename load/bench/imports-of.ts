import { LOCAL_SECRET_MARK, variables } from "../../core/config.ts";
import { coldImport } from "./cold-import.ts";
import { median } from "./median.ts";

const TIMES = 3;
const AT_ONCE = 2;
/** The reference is imported once for so many others. */
const REFERENCE_EVERY = 10;

/**
 * The processor time of a fresh process's import of each file, median of three, as part of the same of `reference`, which is
 * imported in between. In rounds: what disturbs the machine for a while disturbs one import of each.
 */
export async function importsOf(files: readonly string[], reference: string): Promise<number[]> {
  if (files.length === 0) return [];
  const environment = localVariables();
  const seen = new Map<string, number[]>([reference, ...files].map((file) => [file, []]));
  const round = files.flatMap((file, index) => (index % REFERENCE_EVERY === 0 ? [reference, file] : [file]));
  const waiting = Array.from({ length: TIMES }, () => round).flat();
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
      seen.get(file)!.push((await coldImport(file, environment)).cpuMs);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const own = median(seen.get(reference)!);
  return files.map((file) => Number((median(seen.get(file)!) / own).toFixed(2)));
}

/** What the bench's cloud has put into this process's environment, with secrets that a deployed stage takes. */
const localVariables = () =>
  Object.fromEntries(
    Object.keys(variables).map((name) => [
      name,
      process.env[name]?.replaceAll(LOCAL_SECRET_MARK, "of-the-bench"),
    ]),
  );

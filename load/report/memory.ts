/** The resident memory of every process at one moment, in bytes, by what the process is. */
export type MemorySample = { readonly atMs: number; readonly bytes: Readonly<Record<string, number>> };

export type MemoryVerdict = {
  readonly name: string;
  /** Medians of the second and of the last third of the run. */
  readonly beforeBytes: number;
  readonly afterBytes: number;
  readonly isFlat: boolean;
};

const GROWTH = 1.1;
const GROWTH_BYTES = 16 * 1024 * 1024;

/**
 * Whether each process's memory stayed flat: the last third against the one before, which the first third has warmed up. It
 * may rise by a tenth and 16 MB: a collector of garbage takes what it is given.
 */
export function judgeMemory(samples: readonly MemorySample[]): MemoryVerdict[] {
  const names = [...new Set(samples.flatMap(({ bytes }) => Object.keys(bytes)))];
  const third = Math.floor(samples.length / 3);
  return names.map((name) => {
    const of = (part: readonly MemorySample[]) => median(part.flatMap(({ bytes }) => bytes[name] ?? []));
    const beforeBytes = of(samples.slice(third, samples.length - third));
    const afterBytes = of(samples.slice(samples.length - third));
    return { name, beforeBytes, afterBytes, isFlat: afterBytes <= beforeBytes * GROWTH + GROWTH_BYTES };
  });
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly kilobytes: number;
  readonly command: string;
};

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/api-worker\.ts/, "API"],
  [/local\/start\.ts/, "npm start"],
  [/sqs-server\.ts/, "SQS"],
  [/dynamo-server\.ts/, "DynamoDB"],
  // The copy that it makes of itself to write a snapshot bears another name.
  [/(redis|valkey)-/, "Redis"],
  [/postgres/, "PostgreSQL"],
];

/** The memory of a process and of all that descend from it, out of what `ps -o pid=,ppid=,rss=,args=` lists. */
export function memoryOf(listing: string, rootPid: number): MemorySample["bytes"] {
  const processes = listing.split("\n").flatMap((line): Process[] => {
    const [, pid, parent, kilobytes, command = ""] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), kilobytes: Number(kilobytes), command }] : [];
  });
  const family = new Set([rootPid]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  const bytes: Record<string, number> = {};
  for (const { pid, kilobytes, command } of processes) {
    if (!family.has(pid)) continue;
    const name = KINDS.find(([pattern]) => pattern.test(command))?.[1] ?? "other";
    bytes[name] = (bytes[name] ?? 0) + kilobytes * 1024;
  }
  return bytes;
}

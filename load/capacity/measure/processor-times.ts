import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { LocalError } from "../../../local/local-error.ts";

/** The parts of a local run, each a process or several; `beside`: threads of Node's own beside the one that runs our code. */
export const parts = ["client", "api", "beside", "gate", "ledger", "queue", "database"] as const;
export type Part = (typeof parts)[number];

/** Milliseconds of processor time by part, and of everything else on this machine. */
export type ProcessorTimes = Readonly<Record<Part | "others", number>>;

/** By what their command line has. */
const marks: readonly (readonly [string, Part])[] = [
  ["own-cloud-server", "api"],
  // Where the API has processes of its own.
  ["api-worker", "api"],
  ["dynamo-server", "ledger"],
  ["sqs-server", "queue"],
  ["redis-server", "gate"],
  ["postgres", "database"],
];
const NANOSECONDS_PER_MS = 1_000_000;
/** What the kernel counts /proc/stat in, on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** @throws LocalError where there is no /proc */
export function readProcessorTimes(pids: readonly number[] = ownProcesses()): ProcessorTimes {
  const times: Record<Part | "others", number> = {
    client: 0,
    api: 0,
    beside: 0,
    gate: 0,
    ledger: 0,
    queue: 0,
    database: 0,
    others: 0,
  };
  for (const pid of pids) {
    const part = pid === process.pid ? "client" : partOf(pid);
    for (const thread of threadsOf(pid)) {
      const isMain = thread.id === pid || part === "gate" || part === "database";
      times[isMain ? part : "beside"] += thread.ms;
    }
  }
  const ours = parts.reduce((sum, part) => sum + times[part], 0);
  times.others = machineBusyMs() - ours;
  return times;
}

/** Milliseconds of processor time that these processes have used, with all their threads. @throws LocalError where there is no /proc */
export function processorMsOf(pids: readonly number[]): number {
  const threads = pids.flatMap(threadsOf);
  if (threads.length === 0) throw noProc();
  return threads.reduce((sum, { ms }) => sum + ms, 0);
}

/** What was used between two readings. */
export const between = (from: ProcessorTimes, to: ProcessorTimes): ProcessorTimes =>
  Object.fromEntries(
    ([...parts, "others"] as const).map((part) => [part, Math.max(0, to[part] - from[part])]),
  ) as ProcessorTimes;

/** Cores that the rest of the machine left to a run of so many milliseconds. */
const coresLeft = (used: ProcessorTimes, tookMs: number): number =>
  Math.max(0.05, availableParallelism() - used.others / tookMs);

const SAMPLE_EVERY_MS = 200;

/** Reads the processor times again and again; `coresLeft` then tells of the time from its start to `untilMs`. */
export function watchCores() {
  const pids = ownProcesses();
  const sample = () => ({ atMs: performance.now(), times: readProcessorTimes(pids) });
  const samples = [sample()];
  const timer = setInterval(() => samples.push(sample()), SAMPLE_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      samples.push(sample());
    },
    coresLeft(tookMs: number): number {
      const first = samples[0]!;
      const last = samples.find(({ atMs }) => atMs >= first.atMs + tookMs) ?? samples.at(-1)!;
      return coresLeft(between(first.times, last.times), last.atMs - first.atMs);
    },
  };
}

/** This process and all below it. */
function ownProcesses(): number[] {
  const parentOf = new Map<number, number>();
  for (const name of list("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = read(`/proc/${pid}/stat`);
    // The command in parentheses may hold anything: what follows it is fixed.
    parentOf.set(pid, Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const own = new Set([process.pid]);
  for (let size = 0; size < own.size;) {
    size = own.size;
    for (const [pid, parent] of parentOf) if (own.has(parent)) own.add(pid);
  }
  return [...own];
}

const partOf = (pid: number): Part => {
  const command = read(`/proc/${pid}/cmdline`);
  return marks.find(([mark]) => command.includes(mark))?.[1] ?? "beside";
};

const threadsOf = (pid: number) =>
  list(`/proc/${pid}/task`).map((id) => ({
    id: Number(id),
    ms: Number(read(`/proc/${pid}/task/${id}/schedstat`).split(" ")[0]) / NANOSECONDS_PER_MS,
  }));

function machineBusyMs(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = read("/proc/stat")
    .split("\n", 1)[0]!
    .split(/\s+/)
    .map(Number);
  if (user === 0) throw noProc();
  return (user + nice + system + irq + softirq) * MS_PER_TICK;
}

const noProc = () => new LocalError("Processor times are read from /proc: run this command on Linux.");

/** Processes end while we look. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

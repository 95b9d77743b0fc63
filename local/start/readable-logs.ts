/** Fields that say nothing on one machine. */
const UNREAD = new Set(["level", "message", "timestamp", "service", "sampling_rate", "traceId"]);

/**
 * A line of the product's log as a person reads it: time, level, what happened, then the ids. Any other text comes back
 * as it is. Nothing is left out that says what went wrong; the stack and the whole of a report are in `--json-logs`.
 */
export function readableLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const { level, message, timestamp } = entry;
  const time = new Date(String(timestamp)).toTimeString().slice(0, 8);
  const facts = Object.entries(entry).filter(([name]) => !UNREAD.has(name));
  const words = facts.map(([name, value]) => `${name}=${shown(value)}`);
  return [time, String(level).padEnd(5), message, ...words].join("  ");
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{"level":')) return null;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    return typeof entry["message"] === "string" && typeof entry["timestamp"] === "string" ? entry : null;
  } catch {
    return null;
  }
}

function shown(value: unknown): string {
  if (typeof value === "string") return value.includes(" ") ? JSON.stringify(value) : value;
  if (isError(value)) return `"${value.name}: ${value.message}"`;
  return JSON.stringify(value);
}

const isError = (value: unknown): value is { readonly name: string; readonly message: string } =>
  typeof value === "object" && value !== null && "name" in value && "message" in value;

/** From now on, the lines of the product's log that this process writes are readable. */
export function makeLogsReadable(streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr]) {
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    // The logger writes each entry whole.
    stream.write = (chunk: unknown, ...rest: unknown[]) =>
      write(
        typeof chunk === "string" && chunk.startsWith("{")
          ? chunk.split("\n").map(readableLine).join("\n")
          : chunk,
        ...rest,
      );
  }
}

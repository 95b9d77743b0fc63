import { systemClock } from "./clock.ts";

const SERVICE = "flash-sale";
/** Frames of a stack that a line bears. */
const FRAMES = 10;
/** Causes that are followed, so that a circle ends. */
const CAUSES = 5;

type Details = Readonly<Record<string, unknown>>;
export type Warn = (message: string, details: Details) => void;

/**
 * The one logger: JSON lines, of which a purchase writes one only when something is wrong. Ids are logged; secrets,
 * tokens, codes and e-mail addresses never are. See docs/decisions/0032-what-a-purchase-does-without.md.
 */
export const log = {
  warn: (message: string, details: Details) => write("WARN", message, details),
  error: (message: string, details: Details) => write("ERROR", message, details),
} as const;

/** How a use case reports what its answer does not say. */
export const warn: Warn = log.warn;

const write = (level: "WARN" | "ERROR", message: string, details: Details) =>
  process.stderr.write(`${logLine(level, message, details, new Date(systemClock.nowMs()))}\n`);

/** A line of the log. Its own members are first and cannot be written over; a detail without a value is left out. */
export function logLine(level: string, message: string, details: Details, at: Date): string {
  const own = { level, message, timestamp: at.toISOString(), service: SERVICE };
  const line = { ...own, ...details, ...own };
  return JSON.stringify(line, (_name, value: unknown) =>
    value instanceof Error
      ? errorFields(value, CAUSES)
      : typeof value === "bigint"
        ? String(value)
        : (value ?? undefined),
  );
}

/** An error's name, words, stack and causes, and what else is written on it, such as a code. */
function errorFields(error: Error, causesLeft: number): Details {
  const { name, message, stack, cause } = error;
  const several = error instanceof AggregateError ? (error.errors as unknown[]) : null;
  const field = (value: unknown) =>
    value instanceof Error ? (causesLeft > 0 ? errorFields(value, causesLeft - 1) : undefined) : value;
  return {
    ...Object.fromEntries(Object.entries(error)),
    name,
    message,
    stack: stack?.split("\n", FRAMES + 1).join("\n"),
    ...(cause !== undefined && { cause: field(cause) }),
    ...(several && { errors: several.map(field) }),
  };
}

import type { Redis } from "ioredis";
import { inTime } from "./in-time.ts";

/**
 * A Lua script: its text in parts that are joined, and the names of its keys and arguments in their order. The script
 * finds each under its name, a key with `Key` behind it, and what follows the named arguments from `ARGV[restFrom]`. Written
 * `as const`, so that a caller who forgets a key or an argument does not compile.
 */
export type ScriptDefinition<Key extends string, Argument extends string> = {
  /** The command's name in the client. */
  readonly command: string;
  readonly parts: readonly string[];
  readonly keys: readonly Key[];
  readonly arguments: readonly Argument[];
};

type Value = string | number;

/** One round trip. @throws as inTime does when Redis does not answer in time: the script may have run. */
export type RunScript<Key extends string, Argument extends string> = (
  keys: Readonly<Record<Key, string>>,
  values: Readonly<Record<Argument, Value>>,
  rest?: readonly Value[],
) => Promise<Buffer[]>;

/** The whole text of a script, as Redis gets it. */
export function scriptText(script: ScriptDefinition<string, string>): string {
  const keys = script.keys.map((key) => `${key}Key`);
  const names = namedFrom("KEYS", keys) + namedFrom("ARGV", script.arguments);
  return [`${names}local restFrom = ${script.arguments.length + 1}\n`, ...script.parts].join("\n");
}

function namedFrom(table: "KEYS" | "ARGV", names: readonly string[]): string {
  const values = names.map((_, index) => `${table}[${index + 1}]`);
  return names.length === 0 ? "" : `local ${names.join(", ")} = ${values.join(", ")}\n`;
}

/** Makes a script known to a client. */
export function defineScript<Key extends string, Argument extends string>(
  redis: Redis,
  script: ScriptDefinition<Key, Argument>,
): RunScript<Key, Argument> {
  redis.defineCommand(script.command, { numberOfKeys: script.keys.length, lua: scriptText(script) });
  const name = `${script.command}Buffer`;
  const commands = redis as unknown as Record<string, (...all: Value[]) => Promise<Buffer[]>>;
  return (keys, values, rest = []) => {
    // One list, filled in a loop: mapped and spread it took three times as long, before each call of the gate.
    const all: Value[] = [];
    for (const key of script.keys) all.push(keys[key]);
    for (const argument of script.arguments) all.push(values[argument]);
    return inTime(redis, () => commands[name]!(...all, ...rest));
  };
}

import { parseArgs, type ParseArgsConfig } from "node:util";
import { LocalError } from "../local/local-error.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The flags of `npm run <command>`. @throws LocalError in one sentence, naming the help. */
export function readFlags<const Known extends Options>(
  command: string,
  args: readonly string[],
  options: Known,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const problem = (error as Error).message.split(". ", 1)[0];
    throw new LocalError(`${problem}: see \`npm run ${command} -- --help\`.`);
  }
}

/** @throws LocalError unless the flag's text is a whole number that is large enough. */
export function wholeFlag(name: string, text: string | undefined, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new LocalError(`--${name} must be a whole number from ${least}, not "${text}".`);
}

const MOST_SEED = 2 ** 31;

/** What chooses at random: the one asked for, else a new one. */
export const seedFlag = (text: string | undefined): number =>
  text === undefined ? Math.floor(Math.random() * MOST_SEED) : wholeFlag("seed", text, 0);

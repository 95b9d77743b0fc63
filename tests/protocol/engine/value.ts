/** Text that is the same for equal data, whatever the order of its keys; a key without a value is no key. */
export function canonical(value: unknown): string {
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields).filter((key) => fields[key] !== undefined);
  return `{${keys
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`)
    .join()}}`;
}

/** Old name → new name, of buyers, orders, keys and processes. */
export type Renaming = Readonly<Record<string, string>>;

/** The same data under other names: each string and each key that is a name as a whole. */
export function renamed(value: unknown, names: Renaming): unknown {
  if (typeof value === "string") return names[value] ?? value;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((part) => renamed(part, names));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [names[key] ?? key, renamed(part, names)]),
  );
}

/** Gives equal data the same small number, so that a state of the world is a few numbers. */
export class Interner {
  readonly #ids = new Map<string, number>();
  readonly values: unknown[] = [];

  id(value: unknown): number {
    const text = canonical(value);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#ids.set(text, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }
}

export type Field = string | { readonly [name: string]: Field };
export type Fields = { readonly [name: string]: Field };

/** A form as Stripe's SDK writes it: `a[b][0]=c` is nested. */
export function parseForm(body: string): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split("[").map((part) => part.replace(/\]$/, ""));
    let at = fields;
    for (const part of path.slice(0, -1)) at = (at[part] ??= {}) as Record<string, unknown>;
    at[path.at(-1) ?? ""] = value;
  }
  return fields as Fields;
}

/** The value at a path; undefined: it is not there, or is no text. */
export function textAt(fields: Fields, ...path: string[]): string | undefined {
  let at: Field | undefined = fields;
  for (const part of path) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}

/** The values of a list, in their order. */
export function listAt(fields: Fields, name: string): string[] {
  const list = fields[name];
  return typeof list === "object" ? Object.values(list).filter((value) => typeof value === "string") : [];
}

/** A group of texts, such as metadata. */
export function textsAt(fields: Fields, ...path: string[]): Record<string, string> {
  let at: Field | undefined = fields;
  for (const part of path) at = typeof at === "object" ? at[part] : undefined;
  if (typeof at !== "object") return {};
  return Object.fromEntries(
    Object.entries(at).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

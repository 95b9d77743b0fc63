/** Marks a secret in Pulumi's wire format. */
const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A value without Pulumi's marks of secrecy. */
export function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET_SIGNATURE in value) return unwrap((value as { value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}

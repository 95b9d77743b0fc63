/** An X-Ray trace id: version, eight hexadecimal digits of its first second, 24 at random. Always 35 characters. */
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
/** API Gateway's and Lambda's own headers are shorter; the rest of a longer one is not looked at. */
const MOST_CHARACTERS = 256;

/**
 * The trace id in an X-Ray header, such as `Root=1-…;Parent=…;Sampled=1`. Anybody can send such a header: what is not
 * exactly a trace id counts as none.
 */
export function traceIdOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  for (const part of header.slice(0, MOST_CHARACTERS).split(";")) {
    const [name, value = ""] = part.trim().split("=");
    if (name === "Root" && TRACE_ID.test(value)) return value;
  }
  return null;
}

/**
 * The header that carries a trace on with a message. `Sampled=1`, because what is left of the trace here is one order in
 * its consumer's batch: few enough to keep them all.
 */
export const traceHeaderOf = (traceId: string): string => `Root=${traceId};Sampled=1`;

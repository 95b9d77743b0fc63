import { createPublicKey, verify } from "node:crypto";

const DAY_SECONDS = 86_400;
const COORDINATE_BYTES = 32;

const read = (part: string) =>
  JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

/** A key as it travels: one byte, and the two coordinates. */
function publicKeyOf(point: Buffer) {
  const [x, y] = [point.subarray(1, 1 + COORDINATE_BYTES), point.subarray(1 + COORDINATE_BYTES)];
  const jwk = { kty: "EC", crv: "P-256", x: x.toString("base64url"), y: y.toString("base64url") };
  return createPublicKey({ key: jwk, format: "jwk" });
}

/** What is wrong with what a sender says of itself (RFC 8292), as a push service sees it; null: nothing. */
export function wrongVapid(header: string, origin: string, nowMs: number): string | null {
  const found = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(header);
  if (!found) return "no vapid credentials";
  const [, head = "", claims = "", signature = "", key = ""] = found;
  const isSigned = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKeyOf(Buffer.from(key, "base64url")), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isSigned || read(head)["alg"] !== "ES256") return "a wrong signature";
  const { aud, exp, sub } = read(claims);
  if (aud !== origin) return "for another service";
  const nowSeconds = nowMs / 1_000;
  if (typeof exp !== "number" || exp < nowSeconds || exp > nowSeconds + DAY_SECONDS)
    return "over, or for too long";
  return typeof sub === "string" && /^(https:|mailto:)/.test(sub) ? null : "nobody to write to";
}

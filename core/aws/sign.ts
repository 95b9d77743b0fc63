import { hash } from "node:crypto";
import type { AwsCredentials } from "../config.ts";
import { type HmacKey, hmacKey, hmacSha256 } from "../hmac.ts";

/** A call in one of AWS's JSON protocols: a POST to "/" whose header names the action. */
export type AwsRequest = { readonly host: string; readonly target: string; readonly body: string };

const ALGORITHM = "AWS4-HMAC-SHA256";
const CONTENT_TYPE = "application/x-amz-json-1.0";
const sha256 = (text: string) => hash("sha256", text, "hex");

/**
 * Makes the headers of calls to one service, signed with Signature Version 4 (AWS General Reference, "Create a signed
 * request"). A key is derived once a day; instant and credentials are looked up once a second.
 */
export function createSigner(service: string, region: string, credentialsNow: () => AwsCredentials) {
  let kept: { readonly secret: string; readonly day: string; readonly key: HmacKey } | undefined;
  let present: { readonly second: number; readonly instant: string; readonly as: AwsCredentials } | undefined;

  function presentAt(nowMs: number) {
    const second = Math.floor(nowMs / 1000);
    if (present?.second !== second) present = { second, instant: basicFormat(nowMs), as: credentialsNow() };
    return present;
  }

  function keyOf(secret: string, day: string): HmacKey {
    if (kept?.day !== day || kept.secret !== secret)
      kept = { secret, day, key: deriveKey(secret, [day, region, service, "aws4_request"]) };
    return kept.key;
  }

  return function sign({ host, target, body }: AwsRequest, nowMs: number): Record<string, string> {
    const { instant, as } = presentAt(nowMs);
    const { accessKeyId, secretAccessKey, sessionToken } = as;
    const day = instant.slice(0, 8);
    const signed: Record<string, string> = {
      "content-type": CONTENT_TYPE,
      host,
      "x-amz-date": instant,
      ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
      "x-amz-target": target,
    };
    // In the order in which they are written above, which is the alphabet's.
    const names = Object.keys(signed);
    const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
    const signedNames = names.join(";");
    const canonical = `POST\n/\n\n${lines}\n${signedNames}\n${sha256(body)}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const text = `${ALGORITHM}\n${instant}\n${scope}\n${sha256(canonical)}`;
    const signature = hmacSha256(keyOf(secretAccessKey, day), text).toString("hex");
    signed["authorization"] =
      `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedNames}, Signature=${signature}`;
    return signed;
  };
}

const deriveKey = (secret: string, parts: readonly string[]): HmacKey =>
  parts.reduce((key, part) => hmacKey(hmacSha256(key, part)), hmacKey(Buffer.from(`AWS4${secret}`)));

/** ISO 8601's basic format, to the second: 20260312T190358Z. */
const basicFormat = (nowMs: number) => new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, "");

import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { createSigner } from "./sign.ts";

/** What the SDK's signer asks of a hash. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string | Uint8Array);
  }
  update(data: Uint8Array) {
    this.#hash.update(data);
  }
  digest = async () => new Uint8Array(this.#hash.digest());
  reset() {}
}

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const withToken = { ...keys, sessionToken: "a/token+of=a/session" };
const request = {
  host: "dynamodb.eu-central-1.amazonaws.com",
  target: "DynamoDB_20120810.PutItem",
  body: '{"TableName":"Ledger","Item":{"name":{"S":"Käthe 🎉"}}}',
};

/** The same request as the SDK's own signer signs it. */
async function bySdk(credentials: typeof keys, service: string, nowMs: number) {
  const signer = new SignatureV4({
    service,
    region: "eu-central-1",
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: "POST",
      protocol: "https:",
      hostname: request.host,
      path: "/",
      headers: {
        host: request.host,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": request.target,
      },
      body: request.body,
    },
    { signingDate: new Date(nowMs) },
  );
  return signed.headers;
}

test.each([
  ["with keys alone", keys, "dynamodb"],
  ["with a session's token, as in Lambda", withToken, "dynamodb"],
  ["for another service", withToken, "sqs"],
])("a request is signed as the SDK signs it, %s, on any day", async (_, credentials, service) => {
  const sign = createSigner(service, "eu-central-1", () => ({ sessionToken: undefined, ...credentials }));
  for (const nowMs of [NOW_MS, NOW_MS + 86_400_000, 0])
    expect(sign(request, nowMs)).toEqual(await bySdk(credentials, service, nowMs));
});

test("keys that changed meanwhile sign from the next second on", async () => {
  let credentials = { ...keys, sessionToken: undefined };
  const sign = createSigner("sqs", "eu-central-1", () => credentials);
  sign(request, NOW_MS);
  credentials = { ...credentials, secretAccessKey: "another" };
  const laterMs = NOW_MS + 1_000;
  expect(sign(request, laterMs)).toEqual(
    await bySdk({ ...keys, secretAccessKey: "another" }, "sqs", laterMs),
  );
});

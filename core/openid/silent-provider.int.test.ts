import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { createProvider } from "./provider.http.ts";

/** It takes every connection; what it does not know it never answers. */
const answers = new Map<string, object>();
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const answer = answers.get(request.url ?? "");
  if (answer) response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
});
await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resume) => server.close(resume));
});
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const discovery = "/.well-known/openid-configuration";
const provider = () =>
  createProvider({ issuer, clientId: "shop", clientSecret: "secret", allowsHttp: true }, systemClock);

/** The time limit of a call is three seconds: of a function that answers within fourteen. */
async function secondsUntilRefused(work: Promise<unknown>): Promise<number> {
  const begunAtMs = performance.now();
  await expect(work).rejects.toThrow();
  return (performance.now() - begunAtMs) / 1_000;
}

test("a provider that never says where people sign in, or never answers a code, is given up after its time", async () => {
  const [silent, half] = [provider(), provider()];
  const waited = secondsUntilRefused(silent.begin("http://127.0.0.1/return", "en"));
  await expect.poll(() => asked).toContain(discovery);
  answers.set(discovery, {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  });
  const { flow } = await half.begin("http://127.0.0.1/return", "en");
  const back = new URL(`http://127.0.0.1/return?code=a-code&state=${flow.state}`);
  for (const seconds of await Promise.all([waited, secondsUntilRefused(half.finish(back, flow))])) {
    expect(seconds).toBeGreaterThan(2.5);
    expect(seconds).toBeLessThan(8);
  }
  expect(asked).toContain("/token");
}, 20_000);

import { beforeAll, expect, test } from "vitest";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi } from "../support/test-api.ts";
import { aPasskeyDevice } from "../support/test-passkey.ts";

const cloud = await testCloud({ trigger: false });
const { call } = testApi(cloud.apiUrl);
const device = aPasskeyDevice(cloud.apiUrl);

beforeAll(async () => {
  const token = await signIn(cloud, "passkey@example.com");
  const options = await call("POST /api/identity/passkeys/options", { token });
  const response = device.make(options.body as unknown as { challenge: string });
  const kept = await call("POST /api/identity/passkeys", { token, body: { response, name: "Phone" } });
  expect(kept.status).toBe(201);
});

async function anAnswer() {
  const asked = await call("POST /api/identity/passkey/challenge", { body: {} });
  return device.use(asked.body as unknown as { challenge: string });
}
const statusOf = async (response: Awaited<ReturnType<typeof anAnswer>>) =>
  (await call("POST /api/identity/passkey/session", { body: { response } })).status;

test("an answer to a challenge signs in once: whoever read it along the way gets nothing by it", async () => {
  const answer = await anAnswer();
  expect(await statusOf(answer)).toBe(200);
  const again = await statusOf(answer);
  expect(again).toBeGreaterThanOrEqual(400);
  expect(again).toBeLessThan(500);
  expect(await statusOf(await anAnswer())).toBe(200);
});

test("of the same answer sent many times at once one signs in", async () => {
  const answer = await anAnswer();
  const statuses = await Promise.all(Array.from({ length: 8 }, () => statusOf(answer)));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

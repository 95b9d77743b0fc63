import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud } from "./browser-cloud.ts";
import { layoutFaults } from "./layout-faults.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud({
  schedules: ["webhooks"],
  environment: { WEBHOOK_RETRIES: "1,1,1,1,1,1,1,1,1" },
});
const newPerson = testShoppers(cloud);

/** A shop's receiver, as its owner has it do. */
const shop = { status: 204, calls: [] as { headers: Record<string, string>; body: string }[] };
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    shop.calls.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(shop.status).end();
  });
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
afterAll(() => new Promise((done) => server.close(done)));
const url = `http://localhost:${(server.address() as AddressInfo).port}/hooks`;

test("an admin adds an endpoint, sends it a test event, sees what it answered, sends that again, changes the secret", async () => {
  const anna = await newPerson({ token: localSession("admin").token });
  const { page, part } = anna;
  await anna.open("/admin/webhooks/");
  await page.getByText("There is no endpoint yet.").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Shop");
  await page.getByLabel("Address (https)").fill("https://169.254.169.254/");
  await page.getByLabel("Who is told by mail").fill("shop@example.com");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText("must be a public address").waitFor();
  await page.getByLabel("Address (https)").fill(url);
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText("Added. Events go there from now on.").waitFor();
  const secret = (await part("secret-text").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_/);
  expect(await violations(anna)).toEqual([]);
  await page.getByRole("button", { name: "I have it" }).click();
  expect(await page.content()).not.toContain(secret);

  shop.status = 500;
  await page.getByRole("button", { name: "Shop", exact: true }).click();
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.getByText(/^500 in \d+ ms · refused$/).waitFor();
  shop.status = 204;
  await page.getByText(/^204 in \d+ ms$/).waitFor();
  const [first] = shop.calls;
  const verified = new Webhook(secret).verify(first!.body, first!.headers);
  expect(verified).toMatchObject({ type: "webhook.test" });
  await page.getByRole("button", { name: "Send again" }).first().click();
  await page.getByText("1 will be sent again.").waitFor();
  await expect.poll(() => shop.calls.length).toBeGreaterThanOrEqual(3);
  expect(new Set(shop.calls.map(({ headers }) => headers["webhook-id"])).size).toBe(1);

  await page.getByRole("button", { name: "New secret" }).click();
  await page.getByText("It has a new secret.").waitFor();
  const next = (await part("secret-text").textContent()) ?? "";
  const before = shop.calls.length;
  await page.getByRole("button", { name: "Send a test event" }).click();
  await expect.poll(() => shop.calls.length).toBeGreaterThan(before);
  const last = shop.calls.at(-1)!;
  for (const good of [next, secret])
    expect(new Webhook(good).verify(last.body, last.headers)).toMatchObject({ type: "webhook.test" });

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("paused by hand").waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByText("Resumed.").waitFor();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, await layoutFaults(anna)]).toEqual([width, []]);
  }
  expect(await violations(anna)).toEqual([]);
  await page.getByRole("button", { name: "Delete…" }).click();
  await part("confirm-name").fill("Shop");
  await part("confirm-action").click();
  await page.getByText("Deleted.").waitFor();
});

test("a key is made, shown once and revoked, in German; an operator sees neither page", async () => {
  const anna = await newPerson({ token: localSession("admin").token });
  const { page, part } = anna;
  await anna.open("/de/admin/keys/");
  await page.getByText("Es gibt noch keinen Schlüssel.").waitFor();
  await page.getByLabel("Name", { exact: true }).fill("Kasse");
  await page.getByLabel("events:read").check();
  // The second click of a hurried hand makes no second key, whose secret would hide the first one's.
  await page.getByRole("button", { name: "Anlegen" }).dblclick();
  await part("secret-text").filter({ hasText: "fsk_" }).waitFor();
  const key = (await part("secret-text").textContent()) ?? "";
  const ask = () =>
    fetch(`${cloud.apiUrl}/api/admin/events`, { headers: { authorization: `Bearer ${key}` } });
  expect((await ask()).status).toBe(200);
  expect(await part("key-rows").locator("tr").count()).toBe(1);
  expect(await violations(anna)).toEqual([]);
  await page.getByRole("button", { name: "Widerrufen…" }).click();
  await part("confirm-name").fill("Kasse");
  await part("confirm-action").click();
  await page.getByText("Widerrufen.", { exact: true }).waitFor();
  expect((await ask()).status).toBe(401);

  const otto = await newPerson({ token: localSession("operator").token });
  for (const path of ["/admin/keys/", "/admin/webhooks/"]) {
    await otto.open(path);
    await otto.page.getByText("Only an admin sees webhooks and API keys").waitFor();
  }
});

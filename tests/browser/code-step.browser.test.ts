import { expect, test } from "vitest";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { awaitCode } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

const TEN_MINUTES_MS = 600_000;
const cloud = await browserCloud();
const shopper = testShoppers(cloud);

/** A shopper at the code step, with the code in their mailbox. */
async function atCodeStep(email: string) {
  const saleId = await newSale(cloud);
  const visitor = await shopper();
  await visitor.page.clock.install();
  await visitor.open(`/sale/${saleId}`);
  const nextCode = await awaitCode(cloud, email);
  await visitor.part("email").fill(email);
  await visitor.part("send-code").click();
  await visitor.part("code").waitFor();
  return { ...visitor, saleId, code: await nextCode() };
}

test("a reload during the code step comes back to it, and so does another page of the tab; the code works", async () => {
  const ida = await atCodeStep("ida@example.com");
  await ida.page.reload();
  await ida.part("code").waitFor();
  expect(await ida.part("code-sent-to").textContent()).toContain("ida@example.com");
  expect(await ida.part("email").isVisible()).toBe(false);
  await ida.open("/orders/");
  await ida.part("code").fill(ida.code);
  await ida.part("submit-code").click();
  await ida.state("empty");
  expect(await ida.part("signed-in").innerText()).toBe("Signed in as i•••@example.com. Sign out Passkeys");
  await ida.part("sign-out").click();
  await ida.part("email").waitFor();
  await ida.page.reload();
  await ida.part("email").waitFor();
  expect(await ida.part("code").isVisible(), "a used challenge").toBe(false);
});

test("a challenge is forgotten when it expires, when another address is wanted, and when another tab signed in", async () => {
  const jo = await atCodeStep("jo@example.com");
  await jo.page.clock.setSystemTime(Date.now() + TEN_MINUTES_MS + 1_000);
  await jo.page.reload();
  await jo.part("email").waitFor();
  expect(await jo.part("code").isVisible(), "an expired challenge").toBe(false);

  const kay = await atCodeStep("kay@example.com");
  await kay.part("other-email").click();
  await kay.page.reload();
  await kay.part("email").waitFor();

  const lou = await atCodeStep("lou@example.com");
  const second = await lou.context.newPage();
  await second.goto(`/sale/${lou.saleId}`);
  await second.locator('[data-part="email"]').fill("lou@example.com");
  await second.locator('[data-part="send-code"]').click();
  await second.locator('[data-part="code"]').fill(lou.code);
  await second.locator('[data-part="submit-code"]').click();
  await lou.part("signed-in").waitFor();
  await lou.part("sign-out").click();
  await lou.part("email").waitFor();
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";

/** What stands between a page and its API answers in its own words: firewalls, proxies, the network of a hotel. */
const foreignAnswers = [
  { name: "a firewall's 403", status: 403, contentType: "text/html" },
  { name: "a proxy's 404", status: 404, contentType: "text/html" },
  { name: "a CDN's 503", status: 503, contentType: "text/html" },
  { name: "a sign-in page of the network", status: 200, contentType: "text/html" },
  { name: "JSON that is no problem of ours", status: 403, contentType: "application/json" },
] as const;

/** The two that differ most; each takes seconds, since pages wait before they ask again. */
const someAnswers = foreignAnswers.filter(({ name }) => /firewall|network/.test(name));

const cloud = await browserCloud();
const shopper = testShoppers(cloud);

/** Lets something else than the API answer; what it answers ends that. */
async function intercept(page: Page, answer: (typeof foreignAnswers)[number]): Promise<() => Promise<void>> {
  const body = answer.contentType === "text/html" ? "<h1>Request blocked</h1>" : '{"message":"Forbidden"}';
  let isThere = true;
  await page.route("**/api/**", (route) =>
    isThere
      ? route.fulfill({ status: answer.status, contentType: answer.contentType, body })
      : route.continue(),
  );
  return async () => void (isThere = false);
}

test.for(foreignAnswers)(
  "$name is no answer: the open sale stands, a purchase is checked, and all goes on by itself",
  async (answer) => {
    const saleId = await newSale(cloud, { purchaseLimit: 2 });
    const fay = await shopper({ token: true });
    await fay.open(`/sale/${saleId}`);
    await fay.part("buy").waitFor();
    const goAway = await intercept(fay.page, answer);
    await fay.part("stock-as-of").filter({ hasText: "not up to date" }).waitFor();
    expect(await fay.state("open")).toBe("open");
    await fay.part("buy").click();
    await fay.state("checking");
    await goAway();
    await fay.state("confirmed");
    expect(await fay.seenStates()).not.toContain("not_found");
    expect(await fay.seenStates()).not.toContain("refused");
  },
);

test.for(someAnswers)("a page that is met by $name says so of nothing, and finds its way", async (answer) => {
  const saleId = await newSale(cloud);
  const pages = [
    { path: `/sale/${saleId}`, without: "unreachable", later: "open" },
    { path: "/", without: "unreachable", later: "ready" },
    { path: "/orders/", without: "loading", later: "empty" },
    { path: "/order/?id=ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD", without: "loading", later: "missing" },
  ];
  const finn = await shopper({ token: true });
  const goAway: (() => Promise<void>)[] = [];
  for (const { path, without, later } of pages) {
    const tab = await finn.context.newPage();
    goAway.push(await intercept(tab, answer));
    const answered = tab.waitForResponse("**/api/**");
    await tab.goto(path);
    await answered;
    await tab.locator(`main [data-state="${without}"]`).first().waitFor();
    expect(await tab.locator('[data-part="sign-in"]:visible').count(), `${path}: not known who is here`).toBe(
      0,
    );
    await goAway.pop()?.();
    await tab.locator(`main [data-state="${later}"]`).first().waitFor();
    await tab.close();
  }
});

test.for(someAnswers)("$name while signing in is not the shopper's mistake", async (answer) => {
  const saleId = await newSale(cloud);
  const gil = await shopper();
  await gil.open(`/sale/${saleId}`);
  const email = `${crypto.randomUUID()}@example.com`;
  await gil.part("email").fill(email);
  const goAway = await intercept(gil.page, answer);
  await gil.part("send-code").click();
  await gil.part("email-error").filter({ hasText: "No answer came back" }).waitFor();
  await goAway();
  await signInByMail(cloud, gil, email);
  const comeBack = await intercept(gil.page, answer);
  const answered = gil.page.waitForResponse("**/api/identity/session");
  await gil.part("sign-out").click();
  await answered;
  expect(await gil.part("signed-in").isVisible()).toBe(true);
  await comeBack();
});

test.for(someAnswers)("the console is told nothing by $name", async (answer) => {
  const name = `Behind ${answer.name}`;
  await newSale(cloud, { name });
  const op = await shopper({ token: localSession("operator").token });
  const goAway = await intercept(op.page, answer);
  const answered = op.page.waitForResponse("**/api/**");
  await op.open("/admin/");
  await answered;
  expect(await op.part("sign-in").isVisible()).toBe(false);
  await goAway();
  await op.page.getByRole("link", { name }).waitFor();
});

test("429 alone speaks for itself, whoever says it: the request was counted, and not passed on", async () => {
  const saleId = await newSale(cloud);
  const hal = await shopper({ token: true });
  await hal.open(`/sale/${saleId}`);
  await hal.part("buy").waitFor();
  await hal.page.route(
    "**/api/sale/purchase",
    (route) =>
      route.fulfill({
        status: 429,
        contentType: "text/plain",
        headers: { "retry-after": "1" },
        body: "Wait.",
      }),
    { times: 1 },
  );
  await hal.part("buy").click();
  await hal.state("rate_limited");
  await hal.state("confirmed");
});

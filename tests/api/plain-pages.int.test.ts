import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { gateKeys } from "../../core/gate/keys.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { codeFor } from "../support/test-mailbox.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { call, newSale, operate } = testApi(cloud.apiUrl);
const { redis, entriesOf, soldOf } = testSnapshots(cloud);
const { open, post, buy } = plainBrowser(cloud.apiUrl);
const PURCHASE = "/plain/en/purchase";
const ORDER = /^\/plain\/en\/order\/(ord_[0-9A-Z]{26})$/;

afterEach(async () => {
  for (const proxy of [cloud.redis, cloud.dynamo, cloud.sqs]) proxy.set("pass");
  await waitFor("every store answers", async () => (await call("GET /api/health/ready")).status === 200);
});

describe("from the list to the order", () => {
  test("sign in by e-mail, buy, and see the order until it is confirmed; the form sent again is the same order", async () => {
    const saleId = await newSale({ name: "From list to order" });
    const list = await open("/plain/en");
    expect(list.words).toContain("From list to order");
    const address = `/plain/en/sale/${saleId}`;
    expect(list.body).toContain(`href="${address}"`);

    const stranger = await open(address);
    expect(stranger.body).toContain("Imprint: not set yet (SHOP_IMPRINT_URL)");
    expect(formOf(stranger, PURCHASE)).toBeNull();
    const email = `${randomUUID()}@example.com`;
    const page = await post("/plain/en/code", { ...formOf(stranger, "/plain/en/code"), email });
    expect(page).toMatchObject({
      status: 200,
      words: expect.stringContaining(`We sent a code to ${email}.`),
    });
    const code = await codeFor(cloud.mailboxUrl, email);
    const signedIn = await post("/plain/en/session", { ...formOf(page, "/plain/en/session"), code });
    expect(signedIn).toMatchObject({ status: 303, location: address });
    const [cookie = ""] = signedIn.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^session=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const token = /session=([^;]+)/.exec(cookie)?.[1] ?? "";

    const shown = `Signed in as ${email[0]}•••${email[35]}@example.com. Sign out`;
    expect((await open(address, token)).words).toContain(shown);
    const form = formOf(await open(address, token), PURCHASE)!;
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(PURCHASE, form, { token })));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    const [, orderId = ""] = ORDER.exec(answers[0]?.location ?? "") ?? [];
    expect(new Set(answers.map(({ location }) => location))).toEqual(new Set([`/plain/en/order/${orderId}`]));

    await waitFor("the order is a row", async () => (await soldOf(saleId)) === 1);
    await waitFor(
      "the page says so",
      async () => (await open(`/plain/en/order/${orderId}`, token)).heading === "It is yours",
    );
    const order = await open(`/plain/en/order/${orderId}`, token);
    expect(order.words).toContain(orderId);
    expect(order.words).toContain(shown);
    expect(order.words).toContain("From list to order €129.00");
    expect(order.body).not.toContain('http-equiv="refresh"');
    expect((await open(address, token)).words).toContain(orderId);
    expect(await entriesOf(saleId)).toHaveLength(1);
  });

  test("an order that is on its way says that it is accepted, and asks again by itself", async () => {
    const saleId = await newSale();
    const token = tokenOf();
    cloud.sqs.set("stall");
    const { location = "" } = await buy(saleId, { token });
    const order = await open(location, token);
    cloud.sqs.set("pass");
    expect(order.heading).toBe("Accepted. We are confirming your order");
    expect(order.body).toContain('<meta http-equiv="refresh" content="3" />');
  });

  test("an order is its buyer's alone; who is not signed in is asked to, and comes back", async () => {
    const { location = "" } = await buy(await newSale(), { token: tokenOf() });
    expect(await open(location, tokenOf())).toMatchObject({ status: 404 });
    const stranger = await open(location);
    expect(stranger.status).toBe(401);
    expect(formOf(stranger, "/plain/en/code")).toMatchObject({ next: location });
  });

  test("signing out forgets the cookie and stays on the page", async () => {
    const token = tokenOf();
    const page = await open(`/plain/en/sale/${await newSale()}`, token);
    const form = formOf(page, "/plain/en/sign-out")!;
    const gone = await post("/plain/en/sign-out", form, { token });
    expect(gone).toMatchObject({ status: 303, location: form["next"] });
    expect(gone.headers["set-cookie"]?.[0]).toContain("session=; Path=/; Max-Age=0");
  });

  test("in German too, under addresses of their own", async () => {
    const saleId = await newSale({ name: "Plattenspieler" });
    const token = tokenOf();
    const page = await open(`/plain/de/sale/${saleId}`, token);
    expect(page.body).toContain('<html lang="de">');
    expect(page.words).toContain("129,00 €");
    const bought = await post("/plain/de/purchase", formOf(page, "/plain/de/purchase")!, { token });
    expect(bought.location).toMatch(/^\/plain\/de\/order\//);
    expect((await open("/plain/fr")).status).toBe(404);
  });
});

describe("what a purchase ends with, each on a page under the API's own status", () => {
  const token = tokenOf;

  test("409 sold out; fewer left than asked for is another matter", async () => {
    const [small, pair] = [
      await newSale({ allocated: 1 }),
      await newSale({ allocated: 1, purchaseLimit: 2 }),
    ];
    await buy(small, { token: token() });
    expect(await buy(small, { token: token() })).toMatchObject({ status: 409, heading: "Sold out" });
    const fewer = await buy(pair, { token: token(), quantity: "2" });
    expect(fewer).toMatchObject({ status: 409, heading: "Fewer units are left than you asked for: 1." });
    expect(fewer.words).not.toMatch(/sold out/i);
  });

  test("409 ended", async () => {
    const saleId = await newSale();
    await operate(saleId, "end");
    expect(await buy(saleId, { token: token() })).toMatchObject({
      status: 409,
      heading: "The sale has ended",
    });
  });

  test("403 not open says when, and what time it is; the same form can be sent again", async () => {
    const saleId = await newSale({ startsAt: "2100-01-01T00:00:00.000Z" });
    const key = randomUUID();
    const page = await buy(saleId, { token: token(), key });
    expect(page).toMatchObject({ status: 403, heading: "The sale is not open yet" });
    expect(page.words).toContain("It opens Fri, 1 Jan 2100, 00:00 UTC.");
    expect(page.words).toContain(`By the server's clock it is`);
    expect(formOf(page, PURCHASE)).toEqual({ saleId, quantity: "1", key });
  });

  test("503 paused, with Retry-After, and the same request to send again; resumed, it buys", async () => {
    const saleId = await newSale();
    await operate(saleId, "pause");
    const buyer = token();
    const key = randomUUID();
    const page = await buy(saleId, { token: buyer, key });
    expect(page).toMatchObject({ status: 503, heading: "The sale is paused" });
    expect(page.headers["retry-after"]).toBe("5");
    expect(page.words).toContain("Wait 5 s, then ask again.");
    await operate(saleId, "resume");
    const again = formOf(page, PURCHASE)!;
    expect(again["key"]).toBe(key);
    expect((await post(PURCHASE, again, { token: buyer })).location).toMatch(ORDER);
  });

  test.each(["recovering", "lost"] as const)("503 %s reads as checking, never as sold out", async (kind) => {
    const saleId = await newSale();
    if (kind === "recovering") await redis.hset(gateKeys(saleId).gate, "recovering", 1);
    else await redis.del(...Object.values(gateKeys(saleId)));
    const page = await buy(saleId, { token: token() });
    expect(page).toMatchObject({ status: 503, heading: "We do not know yet: checking" });
    expect(page.headers["retry-after"]).toBe("2");
    expect(page.words).toContain("This does not mean sold out.");
    expect(formOf(page, PURCHASE)).not.toBeNull();
  });

  test.each([
    ["redis", "cut"],
    ["redis", "mute"],
    ["dynamo", "cut"],
    ["dynamo", "mute"],
  ] as const)(
    "503 unknown while %s is %s; the page's own form finds out, and buys once",
    async (store, mode) => {
      const saleId = await newSale();
      const buyer = token();
      cloud[store].set(mode);
      const page = await buy(saleId, { token: buyer });
      cloud[store].set("pass");
      expect(page).toMatchObject({ status: 503, heading: "We do not know yet: checking" });
      expect(page.words).not.toMatch(/sold out|failed|refused/i);
      const again = formOf(page, PURCHASE)!;
      let location: string | undefined;
      await waitFor("the same form is accepted", async () => {
        ({ location } = await post(PURCHASE, again, { token: buyer }));
        return location !== undefined;
      });
      expect(location).toMatch(ORDER);
      await waitFor("the order is a row", async () => (await soldOf(saleId)) === 1);
    },
  );

  test("429 many attempts in a moment: wait, and send it again", async () => {
    const saleId = await newSale({ allocated: 1, purchaseLimit: 2, attemptLimit: 1 });
    const buyer = token();
    let page = await buy(saleId, { token: buyer, quantity: "2" });
    // Each attempt but the first of a window is too many, wherever the window ends.
    await waitFor("an attempt is too many", async () => {
      page = await buy(saleId, { token: buyer, quantity: "2" });
      return page.status === 429;
    });
    expect(page.heading).toBe("A short wait");
    expect(Number(page.headers["retry-after"])).toBeGreaterThan(0);
    expect(formOf(page, PURCHASE)).toMatchObject({ quantity: "2" });
  });

  test("400 more than one person may buy names the quantity, and 422 a form changed after it was sent", async () => {
    const saleId = await newSale({ purchaseLimit: 2 });
    const [buyer, key] = [token(), randomUUID()];
    const over = await buy(saleId, { token: buyer, quantity: "3" });
    expect(over).toMatchObject({ status: 400, words: expect.stringContaining("Quantity: at most 2.") });
    await buy(saleId, { token: buyer, key });
    expect(await buy(saleId, { token: buyer, key, quantity: "2" })).toMatchObject({ status: 422 });
  });

  test("200 bought before leads to that order, and says so", async () => {
    const saleId = await newSale();
    const buyer = token();
    const first = await buy(saleId, { token: buyer });
    const second = await buy(saleId, { token: buyer });
    expect(second.location).toBe(`${first.location}?told=already_bought`);
    expect((await open(second.location!, buyer)).words).toContain(
      "You have yours already. This is your order.",
    );
  });

  test("404 no such sale", async () => {
    const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD";
    expect((await buy(saleId, { token: token() })).status).toBe(404);
    expect((await open(`/plain/en/sale/${saleId}`)).status).toBe(404);
  });

  test("401 a session that ended on the way: signing in goes on with the very same request", async () => {
    const saleId = await newSale();
    const key = randomUUID();
    const page = await buy(saleId, { key });
    expect(page.status).toBe(401);
    const { next = "" } = formOf(page, "/plain/en/code")!;
    expect(formOf(await open(next, token()), PURCHASE)).toMatchObject({ key });
  });
});

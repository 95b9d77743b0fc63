import type { Route } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ChallengeAnswer } from "../../core/contract/challenge.ts";
import type { EntryList } from "../../core/contract/line.ts";
import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { newShopper, type Shopper } from "./shopper.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();

const CHALLENGE = "**/api/sale/*/line/challenge";
const HOUR_MS = 3_600_000;
const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();

/** A room whose first list is open for an hour. */
const room = () =>
  newSale(cloud, {
    startsAt: inFuture(2 * HOUR_MS),
    mode: {
      kind: "waiting_room",
      closesAt: inFuture(HOUR_MS),
      listSeconds: 30,
      turnSeconds: 300,
      admissionsPerSecond: 10,
      mostInside: 500,
    },
  });

/** Somebody on the page of a line, about to join; `before` is done before the page is loaded. */
async function atTheLine(before: (shopper: Shopper) => Promise<unknown> = async () => {}) {
  const saleId = await room();
  const { token } = localSession();
  const shopper = await newShopper(cloud, { token });
  // A check that goes on would take the processor from all that come after.
  onTestFinished(() => shopper.context.close());
  await before(shopper);
  await shopper.open(`/sale/${saleId}`);
  const join = shopper.part("join-form").getByRole("button");
  await join.waitFor();
  /** The lanes of the buyer's entries, as the server has them. */
  const lanes = async () => {
    const { entries } = await callApi<EntryList>(cloud.apiUrl, `GET /api/sale/${saleId}/line/entry`, {
      token,
    });
    return entries.map(({ receipt }) => receipt.lane);
  };
  return { saleId, shopper, join, lanes };
}

/** The server's challenge, with some of its numbers changed on the way. */
const changed = (change: object) => async (route: Route) => {
  const response = await route.fetch();
  const { challenge, ...more } = (await response.json()) as ChallengeAnswer;
  const parameters = { ...challenge.parameters, ...change };
  await route.fulfill({ response, json: { ...more, challenge: { ...challenge, parameters } } });
};
/** The server refuses it as expired. */
const expired = changed({ expiresAt: 1 });
/** As the API's throttle answers, in its own words; it names no time to ask again, which this one does to be quick. */
const tooMany = (route: Route) =>
  route.fulfill({ status: 429, headers: { "retry-after": "1" }, json: { message: "Too Many Requests" } });
/** Nobody finds its counter in a test's time. */
const endless = changed({ keyPrefix: "00000000" });

describe("the check on joining", () => {
  test("is done by the page, and leads into lane 0; the solver is loaded then, and not before", async () => {
    const { shopper, join, lanes } = await atTheLine();
    const { page } = shopper;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    expect(page.workers()).toEqual([]);
    const goOn = await shopper.stall(CHALLENGE);
    await join.focus();
    await page.keyboard.press("Enter");
    await shopper.state("line_challenge");
    expect(await page.getByRole("heading", { name: "Checking that you are not a robot…" }).isVisible()).toBe(
      true,
    );
    expect(await page.getByRole("progressbar", { name: "How far the check probably is" }).isVisible()).toBe(
      true,
    );
    expect(await violations(shopper)).toEqual([]);
    expect(asked.filter((url) => url.includes("solve-worker"))).toEqual([]);
    await goOn();
    await shopper.state("line_joined");
    expect(await lanes()).toEqual([0]);
    expect(await shopper.part("line-list").innerText()).toBe("list 0");
    expect(page.workers()).toEqual([]);
    expect(shopper.complaints).toEqual([]);
  });

  test("can be left out by the keyboard, for lane 1, which the page then says", async () => {
    const { shopper, join, lanes } = await atTheLine();
    await shopper.page.route(CHALLENGE, endless);
    await join.press("Enter");
    await shopper.state("line_challenge");
    await shopper.page.keyboard.press("Tab");
    expect(await shopper.page.evaluate("document.activeElement.textContent.trim()")).toBe(
      "Join without the check: you come behind those who did it",
    );
    await shopper.page.keyboard.press("Enter");
    await shopper.state("line_joined");
    expect(await lanes()).toEqual([1]);
    expect(await shopper.part("line-list").innerText()).toBe(
      "list 0, slower lane: behind the others of this list",
    );
    expect(shopper.page.workers()).toEqual([]);
    expect(shopper.complaints).toEqual([]);
  });

  test("tells its progress without announcing each step, and ends its worker when it is cancelled", async () => {
    const { shopper, join, lanes } = await atTheLine();
    const { page } = shopper;
    await page.route(CHALLENGE, endless);
    await page.evaluate(`
      globalThis.announced = [];
      new MutationObserver(([{ target }]) => announced.push(target.textContent)).observe(
        document.querySelector('[data-part="announcer"]'), { childList: true, characterData: true, subtree: true });
    `);
    await join.press("Enter");
    const progress = () => page.evaluate<number>(`document.querySelector("progress").value`);
    await expect.poll(progress).toBeGreaterThan(0.1);
    const early = await progress();
    await expect.poll(progress).toBeGreaterThan(early);
    expect(page.workers()).toHaveLength(1);
    expect(await page.evaluate("announced.length")).toBe(0);
    expect(await page.evaluate("document.activeElement.dataset.part")).toBe("heading");
    await shopper.part("cancel-join").press("Enter");
    await shopper.state("line_join");
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await lanes()).toEqual([]);
  });

  test("is done anew, once, when its challenge has expired", async () => {
    const { shopper, join, lanes } = await atTheLine();
    await shopper.page.route(CHALLENGE, expired, { times: 1 });
    await join.press("Enter");
    await shopper.state("line_joined");
    expect(await lanes()).toEqual([0]);
  });

  test("waits for its puzzle while too many ask, and still leads into lane 0", async () => {
    const { shopper, join, lanes } = await atTheLine();
    await shopper.page.route(CHALLENGE, tooMany, { times: 5 });
    await join.press("Enter");
    await shopper.state("line_challenge");
    expect(await shopper.part("join-without-check").isVisible()).toBe(true);
    await shopper.state("line_joined");
    expect(await lanes()).toEqual([0]);
  });

  test("that is refused twice ends in an offer of the slower lane", async () => {
    const { shopper, join, lanes } = await atTheLine();
    await shopper.page.route(CHALLENGE, expired);
    await join.press("Enter");
    await shopper.state("line_slower");
    expect(await shopper.page.locator("main").innerText()).toContain("this need not be your fault");
    expect(await violations(shopper)).toEqual([]);
    expect(await lanes()).toEqual([]);
    await shopper.part("join-without-check").press("Enter");
    await shopper.state("line_joined");
    expect(await lanes()).toEqual([1]);
  });

  test.for(["delete globalThis.Worker", "delete Crypto.prototype.subtle"])(
    "cannot be done by a browser after `%s`, which gets the slower lane and a sentence",
    async (lack) => {
      const { shopper, join, lanes } = await atTheLine(({ page }) => page.addInitScript(lack));
      await join.press("Enter");
      await shopper.state("line_slower");
      expect(await shopper.page.locator("main").innerText()).toContain("This browser cannot do the check");
      expect(await violations(shopper)).toEqual([]);
      await shopper.part("join-without-check").press("Enter");
      await shopper.state("line_joined");
      expect(await lanes()).toEqual([1]);
    },
  );
});

test("the form without script says that it leads into the slower lane, and does", async () => {
  const saleId = await room();
  const { token } = localSession();
  const shopper = await newShopper(cloud, { token, javaScriptEnabled: false });
  await shopper.open(`/plain/en/sale/${saleId}`);
  expect(await shopper.page.locator("main").innerText()).toContain("you come into the slower lane");
  await shopper.page.getByRole("button", { name: "Join the line" }).click();
  await shopper.page.getByText("slower lane: behind the others of this list").waitFor();
  const { entries } = await callApi<EntryList>(cloud.apiUrl, `GET /api/sale/${saleId}/line/entry`, { token });
  expect(entries.map(({ receipt }) => receipt.lane)).toEqual([1]);
  // No browser without script keeps the receipt by itself.
  const save = shopper.page.locator('.line-receipt a[download="receipt.json"]');
  const href = (await save.getAttribute("href")) ?? "";
  expect(JSON.parse(decodeURIComponent(href.replace("data:application/json,", "")))).toEqual(
    entries[0]!.receipt,
  );
});

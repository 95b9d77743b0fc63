import { describe, expect, test } from "vitest";
import type { LineView } from "../../core/contract/line.ts";
import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import { codeFor } from "../support/test-mailbox.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { plainShoppers } from "./plain-shopper.ts";
import { newShopper, type Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

// With the guardian and the beacon's stand-in: lists close, roots stand, and rounds come in their time.
const cloud = await browserCloud({ schedules: "all" });

const { plainShopper, expectAccessible } = plainShoppers(testShoppers(cloud));

const PHONE = { width: 390, height: 844 };
/** A list is open for ten seconds, read for eight, and its root stands fifteen before its round. */
const TURN_LIMIT_MS = 120_000;
const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

const wall = (seconds: number) => at(seconds).slice(0, 19);

/** A room whose first list closed before anybody came, so that the next one decides within a minute. */
const room = (more: object = {}) =>
  newSale(cloud, {
    allocated: 4,
    purchaseLimit: 2,
    startsAt: at(-30),
    mode: {
      kind: "waiting_room",
      closesAt: at(-200),
      listSeconds: 10,
      turnSeconds: 60,
      admissionsPerSecond: 1,
      mostInside: 1,
      ...more,
    },
  });

/** From joining to the order, by the keyboard alone. */
async function buyWithScript(shopper: Shopper, saleId: string) {
  await shopper.open(`/sale/${saleId}`);
  await shopper.state("line_join");
  await shopper.part("join-form").getByRole("button").focus();
  await shopper.page.keyboard.press("Enter");
  await shopper.state("line_joined");
  const joined = await violations(shopper);
  await shopper.page.locator(`main [data-state="line_turn"]`).waitFor({ timeout: TURN_LIMIT_MS });
  await shopper.part("turn-clock").waitFor();
  const inTurn = await violations(shopper);
  // In a turn's few minutes nobody scrolls for the button, and no other clock stands beside the turn's.
  await shopper.page.setViewportSize({ width: 390, height: 664 });
  await shopper.page.evaluate("scrollTo(0, 0)");
  const lowerEdge = async () => {
    const box = await shopper.part("buy").boundingBox();
    return Math.ceil((box?.y ?? 9_999) + (box?.height ?? 0));
  };
  await expect.poll(lowerEdge).toBeLessThanOrEqual(664);
  expect(await shopper.part("timer").isVisible()).toBe(false);
  await shopper.part("buy").press("Enter");
  await shopper.state("confirmed");
  return { joined, inTurn, states: await shopper.seenStates() };
}

/** From the sale's page to the order by links and forms alone: signing in, joining, waiting, the turn, buying with its ticket. */
async function buyWithoutScript(saleId: string): Promise<string[]> {
  const visitor = await plainShopper(undefined, PHONE);
  const { page, press } = visitor;
  const headings: string[] = [];
  const look = async () => {
    headings.push(await page.locator("h2").first().innerText());
    await expectAccessible(visitor);
  };
  await page.goto(`/plain/en/sale/${saleId}`);
  await look();
  const email = `${crypto.randomUUID()}@example.com`;
  await page.getByLabel("E-mail address").fill(email);
  await press("Send me a code");
  await page.getByLabel("Code from the e-mail").fill(await codeFor(cloud.mailboxUrl, email));
  await press("Sign in");
  await press("Join the line");
  await look();
  expect(await page.locator("main").innerText()).toContain("You are checked later");
  // The page asks again by itself.
  await page.locator(".buy-form button").waitFor({ timeout: TURN_LIMIT_MS });
  await look();
  await page.locator(".buy-form button").click();
  await page.waitForURL(/\/plain\/en\/order\/ord_/);
  await expectAccessible(visitor);
  expect(visitor.complaints).toEqual([]);
  return headings;
}

async function openListOf(saleId: string): Promise<number | null> {
  return (await callApi<LineView>(cloud.apiUrl, `GET /api/sale/${saleId}/line`)).openList;
}

describe("a waiting room", () => {
  test(
    "one buys in their turn with script, one without, one after the other; the proof says so",
    { timeout: 240_000 },
    async () => {
      const saleId = await room();
      const buyer = localSession();
      const withScript = await newShopper(cloud, { token: buyer.token, viewport: PHONE });
      const [seen, headings] = await Promise.all([
        buyWithScript(withScript, saleId),
        buyWithoutScript(saleId),
      ]);
      expect(headings).toEqual(["Join the line", "You are in the line", "It is your turn"]);
      expect([seen.joined, seen.inTurn]).toEqual([[], []]);
      const order = ["line_join", "line_joining", "line_joined", "line_turn", "submitting", "confirmed"];
      expect(
        seen.states.filter((state) => order.includes(state)),
        seen.states.join(),
      ).toEqual(order);
      expect(withScript.complaints).toEqual([]);

      await withScript.open(`/sale/${saleId}/proof`);
      await withScript.state("right", "wrong");
      expect(await withScript.part("fault-list").innerText()).toBe("");
      await expect.poll(() => withScript.part("own-place").innerText()).toMatch(/^[12] \(2 in its list\)$/);
      expect(await withScript.part("check-seen").innerText()).toContain("Fits");
      // By the command that the page gives, the script comes to the same.
      expect(await withScript.part("command").innerText()).toMatch(/\/fairness --rehearsal$/);
      expect(await withScript.part("check-signatures").innerText()).toMatch(/Fits · \d+ checked/);
      expect(await violations(withScript)).toEqual([]);
      expect(withScript.complaints).toEqual([]);
    },
  );

  test("another device has the entry, and leaving is for both", { timeout: 60_000 }, async () => {
    const saleId = await room({ listSeconds: 600 });
    // Whoever leaves a list that closes in this moment leaves an entry behind.
    await expect.poll(() => openListOf(saleId), { timeout: 30_000 }).toBe(1);
    const { token } = localSession();
    const first = await newShopper(cloud, { token });
    await first.open(`/sale/${saleId}`);
    await first.part("join-form").getByRole("button").click();
    await first.state("line_joined");
    const second = await newShopper(cloud, { token, viewport: PHONE });
    await second.open(`/sale/${saleId}`);
    await second.state("line_joined");
    await second.part("leave").click();
    expect(await second.part("leave").innerText()).toBe("Really leave the line?");
    await second.part("leave").click();
    await second.state("line_join");
    await first.page.reload();
    await first.state("line_join");
  });

  test("a root or a log other than the one that was seen is shouted out", { timeout: 90_000 }, async () => {
    const saleId = await room();
    const shopper = await newShopper(cloud, { token: true });
    await shopper.open(`/sale/${saleId}`);
    await shopper.state("line_join");
    await expect
      .poll(
        async () => (await (await fetch(`${cloud.apiUrl}/api/sale/${saleId}/fairness`)).json()) as object,
        {
          timeout: 60_000,
        },
      )
      .toMatchObject({ lists: [{ list: 0 }] });
    expect(await shopper.part("line-alarm").isVisible()).toBe(false);
    const forged = JSON.stringify({ roots: { 0: "0".repeat(64) }, log: { lines: 1, hash: "1".repeat(64) } });
    await shopper.page.evaluate(`localStorage.setItem("flash-sale.line.${saleId}", '${forged}')`);
    await shopper.page.reload();
    await shopper.part("line-alarm").getByText("root of a list has changed").waitFor();
    await shopper.part("line-alarm").getByText("log of the line is not the one").waitFor();
    await shopper.open(`/sale/${saleId}/proof`);
    await shopper.state("wrong");
    expect(await shopper.part("fault-list").innerText()).toContain(
      "The root is not the one that this browser saw",
    );
  });
});

describe("the console", () => {
  test(
    "has the times of a line filled in from the start, and says when it is too late",
    { timeout: 60_000 },
    async () => {
      const operator = await newShopper(cloud, { token: localSession("operator").token });
      const { page, part } = operator;
      await operator.open("/admin/edit/");
      const field = (name: string) => page.locator(`[name="${name}"]`);
      await field("zone").selectOption("UTC");
      await field("startsAt").fill("2030-05-01T10:00:00");
      await field("mode").selectOption("draw");
      expect(await field("closesAt").inputValue()).toMatch(/^2030-05-01T09:58/);
      expect(await field("resultAt").inputValue()).toMatch(/^2030-05-01T09:59/);
      expect(await part("mode-late").isVisible()).toBe(false);
      await field("startsAt").fill("2030-05-01T12:00:00");
      await field("startsAt").blur();
      expect(await field("closesAt").inputValue(), "not chosen by hand").toMatch(/^2030-05-01T11:58/);
      await field("closesAt").fill("2030-05-01T11:00:00");
      await field("startsAt").fill(wall(60));
      await field("startsAt").blur();
      expect(await field("closesAt").inputValue(), "chosen by hand").toMatch(/^2030-05-01T11:00/);
      await field("closesAt").fill(wall(-60));
      await field("closesAt").blur();
      await part("mode-late").getByText("It is too late for this start").waitFor();
      expect(await violations(operator)).toEqual([]);
      await field("mode").selectOption("open");
      expect(await part("mode-late").isVisible()).toBe(false);
    },
  );

  test("says who is checked later and why, and moves them back", { timeout: 60_000 }, async () => {
    const startsAt = at(3_600);
    const mode = {
      kind: "waiting_room",
      closesAt: at(1_800),
      listSeconds: 30,
      turnSeconds: 300,
      admissionsPerSecond: 1,
      mostInside: 1,
    } as const;
    const saleId = await newSale(cloud, { startsAt, mode });
    const buyer = localSession();
    for (const { token } of [buyer, localSession()])
      await callApi(cloud.apiUrl, `POST /api/sale/${saleId}/line/entry`, { token, body: {} });
    const shopper = await newShopper(cloud, { token: buyer.token, viewport: PHONE });
    await shopper.open(`/sale/${saleId}`);
    await shopper.part("body").getByText("You are checked later").waitFor();

    const operator = await newShopper(cloud, { token: localSession("operator").token });
    await operator.open(`/admin/sale/?id=${saleId}`);
    const { part } = operator;
    await part("later-summary").getByText("2 entries, 2 of them checked later").waitFor();
    expect(await violations(operator)).toEqual([]);
    await part("later-email").fill("nobody@example.com");
    await part("later-form").getByRole("button").click();
    await part("later-notice").getByText("Nobody with this address is in the open list").waitFor();
    const button = part("later-rows").getByRole("button");
    await button.click();
    expect(await button.innerText()).toBe("Really move 2 back, and whoever still joins for it?");
    await button.click();
    await part("later-summary").getByText("2 entries, 0 of them checked later").waitFor();
    await part("later-rows").getByText("does not count in this list").waitFor();
    await shopper.page.reload();
    await shopper.part("body").getByText("the shop undid that").waitFor();
  });

  test("offers no pace for a draw, which has none", { timeout: 90_000 }, async () => {
    const mode = { kind: "draw", closesAt: at(-200), resultAt: at(-100), turnSeconds: 60 } as const;
    const saleId = await newSale(cloud, { startsAt: at(-30), mode });
    const operator = await newShopper(cloud, { token: localSession("operator").token });
    await operator.open(`/admin/sale/?id=${saleId}`);
    const { part } = operator;
    await part("line-message-input").waitFor({ timeout: 60_000 });
    expect([await part("line-pace-input").isVisible(), await part("line-cap-input").isVisible()]).toEqual([
      false,
      false,
    ]);
    await part("line-message-input").fill("We are back at noon.");
    await part("line-form").getByRole("button", { name: "Set" }).click();
    await part("line-notice").getByText("Done").waitFor();
    const { pace } = await callApi<LineView>(cloud.apiUrl, `GET /api/sale/${saleId}/line`);
    expect(pace).toMatchObject({ admissionsPerSecond: 0, mostInside: 0, message: "We are back at noon." });
  });

  test(
    "chooses a waiting room, names what is wrong at its field, and paces its line",
    { timeout: 120_000 },
    async () => {
      const operator = await newShopper(cloud, { token: localSession("operator").token });
      const { page, part } = operator;
      await operator.open("/admin/edit/");
      const field = (name: string) => page.locator(`[name="${name}"]`);
      await field("name").fill("Lamp");
      await field("priceMinor").fill("10");
      await field("allocated").fill("5");
      await field("zone").selectOption("UTC");
      await field("startsAt").fill(wall(-30));
      await field("mode").selectOption("waiting_room");
      await field("closesAt").fill(wall(-60));
      await field("listSeconds").fill("5");
      await page.getByRole("button", { name: "Save" }).click();
      await page.locator("#listSeconds-error").getByText("10 to 600").waitFor();
      await field("listSeconds").fill("10");
      await page.getByRole("button", { name: "Save" }).click();
      await page.locator("#closesAt-error").getByText("two minutes or more").waitFor();
      expect(await field("closesAt").getAttribute("aria-invalid")).toBe("true");
      expect(await violations(operator)).toEqual([]);
      await field("closesAt").fill(wall(-200));
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(/\/admin\/sale\//);

      await part("line-pause").waitFor({ timeout: 60_000 });
      await part("line-pause").click();
      await part("line-notice")
        .getByText(/From the click until everybody's copy showed it: [\d,]+ ms/)
        .waitFor();
      await part("line-message-input").fill("We are back at noon.");
      await part("line-form").getByRole("button", { name: "Set" }).click();
      await part("line-notice").getByText("Done").waitFor();
      expect(await violations(operator)).toEqual([]);

      await part("line-close").click();
      await part("line-notice").getByText("From the click until it holds").waitFor();
      await part("line-change")
        .getByText(/^newcomers, operator, .*; held 1\.0 s later$/)
        .waitFor();
      await part("line-reopen").click();
      await part("line-close").waitFor();

      const saleId = new URL(page.url()).searchParams.get("id")!;
      const shopper = await newShopper(cloud, { token: true });
      await shopper.open(`/sale/${saleId}`);
      await shopper.part("line-message").getByText("We are back at noon.").waitFor();
      await operator.open(`/admin/edit/?id=${saleId}`);
      await part("mode-note").getByText("The first list has closed").waitFor();
      expect(await field("mode").isDisabled()).toBe(true);
    },
  );
});

import { expect, test } from "vitest";
import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import type { ReminderAnswer } from "../../core/contract/reminder.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud({ schedules: ["guardian"] });
const shopper = testShoppers(cloud);
/** Each page is one of several, and a busy machine needs its time. */
const LIMIT_MS = 120_000;

test(
  "once every unit is held, a page asks whether to tell, and joins the line by one click; leaving it asks again",
  async () => {
    const payment = { kind: "held", holdSeconds: 600 } as const;
    const saleId = await newSale(cloud, { allocated: 1, priceMinor: 4_900, payment });
    const { token } = localSession();
    const key = { token, idempotencyKey: crypto.randomUUID(), body: { saleId } };
    await callApi(cloud.apiUrl, "POST /api/sale/purchase", key);
    const ada = await shopper({ token: true });
    await ada.open(`/sale/?id=${saleId}`);
    await ada.state("line_returns");
    expect(await ada.part("body").textContent()).toContain("1 are in unpaid holds");
    expect(await violations(ada)).toEqual([]);
    await ada.page.getByRole("button", { name: "Tell me if one comes back" }).click();
    await ada.state("line_joined");
    expect(await ada.part("buy").isVisible()).toBe(false);
    expect(await violations(ada)).toEqual([]);

    const ben = await shopper({ token: true });
    await ben.open(`/de/sale/?id=${saleId}`);
    await ben.state("line_returns");
    await ben.page.getByRole("button", { name: "Sagen Sie mir, wenn eins zurückkommt" }).waitFor();
  },
  LIMIT_MS,
);

test(
  "who is signed in asks for a mail before a sale opens, is told what will be sent, and takes it back",
  async () => {
    const saleId = await newSale(cloud, { startsAt: new Date(Date.now() + 3_600_000).toISOString() });
    const eve = localSession();
    const reader = await shopper({ token: eve.token });
    const asked = () =>
      callApi<ReminderAnswer>(cloud.apiUrl, `GET /api/sale/${saleId}/reminder`, { token: eve.token });
    await reader.open(`/sale/?id=${saleId}`);
    await reader.part("to-come").filter({ hasText: "One mail to the address" }).waitFor();
    expect(await violations(reader)).toEqual([]);
    await reader.page.getByRole("button", { name: "Remind me by mail" }).click();
    // By a form: it leads to the page that needs no script, which says so, and takes it back.
    await reader.page.getByText("You get a mail before it opens.").waitFor();
    expect(await asked()).toMatchObject({ isAsked: true });
    await reader.page.getByRole("button", { name: "No mail, after all" }).click();
    await reader.page.getByRole("button", { name: "Remind me by mail" }).waitFor();
    expect(await asked()).toMatchObject({ isAsked: false });

    // A mail a quarter of an hour before is not offered once it is nearer than that.
    const soonId = await newSale(cloud, { startsAt: new Date(Date.now() + 600_000).toISOString() });
    await reader.open(`/sale/?id=${soonId}`);
    await reader.part("calendar").waitFor();
    expect(await reader.page.getByRole("button", { name: "Remind me by mail" }).isVisible()).toBe(false);
  },
  LIMIT_MS,
);

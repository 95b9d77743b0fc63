import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);
const file = (text: string) => ({ name: "guests.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const LIMIT_MS = 120_000;
const operator = () => localSession("operator").token;

test(
  "an operator reads a list in, and its guests buy: by a code, and in German by the address that was invited",
  async () => {
    const byCode = await newSale(cloud, { guests: { kind: "listed", by: "codes", tiers: [] } });
    const boss = await shopper({ token: operator() });
    await boss.open(`/admin/sale/?id=${byCode}`);
    await boss.part("guests-summary").filter({ hasText: "0 on the list" }).waitFor();
    const readIn = async (text: string) => {
      await boss.part("guests-file").setInputFiles(file(text));
      await boss.page.getByRole("button", { name: "Read in" }).click();
    };
    await readIn("code\nabc\nWELCOME-1\n");
    await boss.page.getByText("Line 2: must have at least 8 letters and digits").waitFor();
    await readIn("code\nWELCOME-1\nWELCOME-2\n");
    await boss.part("guests-summary").filter({ hasText: "2 on the list; 0 of them came." }).waitFor();
    expect(await violations(boss)).toEqual([]);

    const ada = await shopper({ token: true });
    await ada.open(`/sale/?id=${byCode}`);
    await ada.part("guests-status").filter({ hasText: "Enter the code" }).waitFor();
    expect(await ada.part("buy").isVisible()).toBe(false);
    await ada.part("guests-code").fill("welcome 9");
    await ada.page.keyboard.press("Enter");
    await ada.part("guests-error").filter({ hasText: "There is no such code" }).waitFor();
    expect(await violations(ada)).toEqual([]);
    await ada.part("guests-code").fill("welcome 1");
    await ada.page.keyboard.press("Enter");
    await ada.part("guests-status").filter({ hasText: "You are on the list." }).waitFor();
    await ada.part("buy").click();
    await ada.state("confirmed");
    await boss.part("guests-look").click();
    await boss.part("guests-summary").filter({ hasText: "1 of them came. 1 buyers" }).waitFor();

    const byAddress = await newSale(cloud, { guests: { kind: "listed", by: "addresses", tiers: [] } });
    const csv = "address\nkim@example.com\n";
    await callApi(cloud.apiUrl, `POST /api/admin/sales/${byAddress}/guests`, {
      token: operator(),
      body: { how: "add", csv },
    });
    const eve = await shopper({ token: true });
    await eve.open(`/de/sale/?id=${byAddress}`);
    await eve.part("guests-status").filter({ hasText: "steht nicht auf der Liste" }).waitFor();
    expect(await eve.part("buy").isVisible()).toBe(false);
    const kim = await shopper();
    await kim.open(`/de/sale/?id=${byAddress}`);
    await signInByMail(cloud, kim, "kim@example.com");
    await kim.part("guests-status").filter({ hasText: "Sie stehen auf der Liste." }).waitFor();

    // The list changes while Kim looks: the first click is told so, and the page asks anew by itself.
    await callApi(cloud.apiUrl, `POST /api/admin/sales/${byAddress}/guests`, {
      token: operator(),
      body: { how: "replace", csv },
    });
    await callApi(cloud.apiUrl, `POST /api/admin/sales/${byAddress}/guests`, {
      token: operator(),
      body: { how: "replace", csv: `${csv}lea@example.com\n` },
    });
    await callApi(cloud.apiUrl, `POST /api/admin/sales/${byAddress}/guests`, {
      token: operator(),
      body: { how: "remove", csv: "address\nlea@example.com\n" },
    });
    await kim.part("buy").click();
    await kim.part("guests-status").filter({ hasText: "Sie stehen auf der Liste." }).waitFor();
    await kim.part("buy").click();
    await kim.state("confirmed");
  },
  LIMIT_MS,
);

test(
  "who is on a tier sees the sale open, and everybody else when whom",
  async () => {
    const saleId = await newSale(cloud, {
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      guests: {
        kind: "listed_first",
        by: "codes",
        tiers: [{ name: "Gold", startsAt: new Date(Date.now() - 60_000).toISOString() }],
      },
    });
    await callApi(cloud.apiUrl, `POST /api/admin/sales/${saleId}/guests`, {
      token: operator(),
      body: { how: "add", csv: "code,tier\nGOLDEN-11,Gold\n" },
    });
    const ada = await shopper({ token: true });
    await ada.open(`/sale/?id=${saleId}`);
    await ada.state("scheduled");
    await ada.part("guests-note").filter({ hasText: "Gold: from" }).waitFor();
    await ada.part("guests-code").fill("golden-11");
    await ada.page.keyboard.press("Enter");
    await ada.state("open");
    expect(await violations(ada)).toEqual([]);
    await ada.part("buy").click();
    await ada.state("confirmed");
  },
  LIMIT_MS,
);

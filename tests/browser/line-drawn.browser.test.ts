import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import { driveLine } from "./drive-line.ts";
import { begun, crowdOf } from "./line-scenes.ts";
import { plainShoppers } from "./plain-shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const shopper = testShoppers(cloud);
const { plainShopper, expectAccessible } = plainShoppers(shopper);
const startsAt = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString();

test(
  "a draw whose order stands days before its opening says so, politely, and promises nothing yet",
  { timeout: 90_000 },
  async () => {
    const saleId = await newSale(cloud, { allocated: 5, startsAt, mode: begun.draw() });
    const { token, buyerId } = localSession();
    const line = await driveLine(cloud, saleId);
    const visitor = await shopper({ token });
    try {
      await crowdOf(line, 20);
      await line.join(buyerId);
      await visitor.open(`/sale/${saleId}`);
      await visitor.state("line_joined");
      await line.draw();
    } finally {
      line.stop();
    }
    await visitor.state("line_drawn");
    expect(await visitor.part("announcer").innerText()).toBe("The order is drawn");
    const text = await visitor.page.locator("main").innerText();
    expect(text).toContain("Who is selected is not decided yet: when the sale opens (");
    expect(text).not.toMatch(/A turn is a chance|Until your turn|2,400 h/);
    expect(await violations(visitor)).toEqual([]);

    const plain = await plainShopper(token);
    await plain.page.goto(`/plain/en/sale/${saleId}`);
    const plainText = await plain.page.locator("main").innerText();
    expect(plainText).toContain("Who is selected is not decided yet: when the sale opens (");
    expect(plainText).not.toMatch(/A turn is a chance|Your turn begins/);
    await expectAccessible(plain);
  },
);

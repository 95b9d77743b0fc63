import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, newSale } from "./browser-cloud.ts";
import type { Shopper } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";

/** What is left of a phone's screen between the browser's bars, and of a laptop's window at 200 % zoom. */
const sizes = [
  { width: 360, height: 640 },
  { width: 375, height: 553 },
  { width: 390, height: 664 },
  { width: 640, height: 360 },
  { width: 683, height: 328 },
  { width: 1280, height: 720 },
];
const HOUR_MS = 3_600_000;
const ABOUT = { name: "Meridian turntable", description: "Belt drive, walnut plinth.", allocated: 1000 };

const cloud = await browserCloud();
const shopper = testShoppers(cloud);

/** The sizes at which a control of the page does not lie whole in the window that has not been scrolled. */
async function belowTheFold({ page }: Shopper, selector: string): Promise<string[]> {
  const control = page.locator(selector);
  await control.waitFor();
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.evaluate("scrollTo(0, 0)");
    const box = await control.boundingBox();
    const bottom = Math.ceil((box?.y ?? 0) + (box?.height ?? 0));
    if (!box || bottom > size.height) found.push(`${size.width}×${size.height}: ends at ${bottom}`);
  }
  return found;
}

test.for(["", "/de"])("buying takes no scrolling, nor does signing in before (%s/)", async (language) => {
  const several = await newSale(cloud, { ...ABOUT, purchaseLimit: 4 });
  const startsAt = new Date(Date.now() + 50 * HOUR_MS).toISOString();
  const later = await newSale(cloud, { ...ABOUT, startsAt });
  const buyer = await shopper({ token: true });
  await buyer.open(`${language}/sale/${several}`);
  expect(await belowTheFold(buyer, '[data-part="buy"]'), "Buy").toEqual([]);
  const stranger = await shopper();
  await stranger.open(`${language}/sale/${several}`);
  expect(await belowTheFold(stranger, '[data-part="email"]'), "the mail field of an open sale").toEqual([]);
  await stranger.open(`${language}/sale/${later}`);
  expect(await belowTheFold(stranger, '[data-part="email"]'), "the mail field before the opening").toEqual(
    [],
  );
});

test.for(["en", "de"])("nor without script (%s)", async (language) => {
  const saleId = await newSale(cloud, ABOUT);
  const buyer = await shopper({ token: localSession().token, javaScriptEnabled: false });
  await buyer.open(`/plain/${language}/sale/${saleId}`);
  expect(await belowTheFold(buyer, ".buy-form button"), "Buy").toEqual([]);
  const stranger = await shopper({ javaScriptEnabled: false });
  await stranger.open(`/plain/${language}/sale/${saleId}`);
  expect(await belowTheFold(stranger, "#email"), "the mail field").toEqual([]);
});

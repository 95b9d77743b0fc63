import { expect, test } from "vitest";
import { localSession } from "../../load/local-session.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { layoutFaults } from "./layout-faults.ts";
import { testShoppers } from "./test-shoppers.ts";

const WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const WIDTHS = [1280, 900, 640, 390, 320];

const cloud = await browserCloud();
const shopper = testShoppers(cloud);

test(
  "a word that is longer than a line breaks, on every page that names a sale, and leaves the picture its room",
  { timeout: 90_000 },
  async () => {
    const saleId = await newSale(cloud, { name: WORD, description: WORD });
    const { token } = localSession();
    const { orderId } = await buyByApi(cloud, saleId, token);
    const lise = await shopper({ token, viewport: { width: WIDTHS[0] ?? 0, height: 800 } });
    const pages = [
      ["/", "sale-card"],
      [`/sale/${saleId}`, "about"],
      [`/order/?id=${orderId}`, "order-price"],
      ["/orders/", "order-list"],
      ["/plain/en", null],
      [`/plain/en/sale/${saleId}`, null],
      [`/plain/en/order/${orderId}`, null],
    ] as const;
    const faults: Record<string, string[]> = {};
    for (const [path, sign] of pages) {
      await lise.open(path);
      if (sign) await lise.page.locator(`main [data-part="${sign}"]:visible`).first().waitFor();
      for (const width of WIDTHS) {
        await lise.page.setViewportSize({ width, height: 800 });
        const found = await layoutFaults(lise);
        const art = lise.page.locator("main .art").first();
        if ((await art.count()) > 0 && ((await art.boundingBox())?.width ?? 0) < 60) found.push("no picture");
        if (found.length > 0) faults[`${path} at ${width}`] = found;
      }
    }
    expect(faults).toEqual({});
  },
);

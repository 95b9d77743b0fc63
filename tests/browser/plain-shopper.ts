import { expect } from "vitest";
import type { Shopper } from "./shopper.ts";
import type { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

/** The narrowest phone. */
const NARROW = { width: 320, height: 640 };

/** Shoppers whose browser runs no script. */
export function plainShoppers(shopper: ReturnType<typeof testShoppers>) {
  /** A shopper whose browser runs no script, on the narrowest phone. */
  async function plainShopper(token?: string, viewport = NARROW) {
    const visitor = await shopper({
      javaScriptEnabled: false,
      viewport,
      ...(token !== undefined && { token }),
    });
    const { page } = visitor;
    return {
      ...visitor,
      heading: () => page.locator("h1").innerText(),
      press: (name: string) => page.getByRole("button", { name, exact: true }).click(),
      follow: (name: string) => page.getByRole("link", { name, exact: true }).click(),
    };
  }

  /** axe is a script itself: it looks at what the page is, in a browser that runs scripts, of which the page keeps none. */
  async function expectAccessible({ page }: Pick<Shopper, "page">): Promise<void> {
    const body = (await page.content())
      .replace(/<script type="module".*?<\/script>/gs, "")
      .replace(/<meta http-equiv="refresh"[^>]*>/, "");
    const viewport = page.viewportSize() ?? NARROW;
    const looker = await shopper({ viewport });
    await looker.page.route(page.url(), (route) =>
      route.fulfill({ body, contentType: "text/html; charset=utf-8" }),
    );
    await looker.open(page.url());
    expect(await violations(looker)).toEqual([]);
    const width = await looker.page.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(viewport.width);
    await looker.context.close();
  }

  return { plainShopper, expectAccessible };
}

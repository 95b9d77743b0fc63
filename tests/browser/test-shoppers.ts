import { afterEach, expect } from "vitest";
import type { BrowserCloud } from "./browser-cloud.ts";
import { type Shopper, newShopper } from "./shopper.ts";

/** Makes shoppers who leave when their test ends; a test fails if any of their pages did what none may. */
export function testShoppers(cloud: BrowserCloud) {
  const shoppers: Shopper[] = [];
  afterEach(async () => {
    const complaints = shoppers.flatMap((shopper) => shopper.complaints);
    await Promise.all(shoppers.splice(0).map((shopper) => shopper.context.close()));
    expect(complaints, "security policy, script errors, other hosts").toEqual([]);
  });
  return async (options: Parameters<typeof newShopper>[1] = {}): Promise<Shopper> => {
    const shopper = await newShopper(cloud, options);
    shoppers.push(shopper);
    return shopper;
  };
}

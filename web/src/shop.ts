import type { Shop } from "../../core/contract/shop.ts";

declare const __SHOP__: Shop;

/** The shop, as its settings were when the site was built (astro.config.ts). */
export const shop: Shop = __SHOP__;

import type { Shop } from "../../core/contract/shop.ts";

declare const SHOP_AS_BUILT: Shop;

/** The shop, as its settings were when the site was built (astro.config.ts). */
export const shop: Shop = SHOP_AS_BUILT;

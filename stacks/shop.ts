import { type Shop, shopVariables } from "../core/contract/shop.ts";
import type { Grant } from "./grants.ts";
import { stage } from "./stage.ts";

/** The shop's settings as the variables that they came from: for functions, and for the site's build. */
export const shopEnvironment = Object.fromEntries(
  Object.entries(shopVariables).map(([part, variable]) => [variable, stage.shop[part as keyof Shop]]),
);

/** Of functions that speak to shoppers in the shop's name. */
export const shopGrants = { shop: { environment: shopEnvironment } } satisfies Record<string, Grant>;

import base from "../styles/base.css?inline";
import plain from "../styles/plain.css?inline";
import compact from "../styles/sale-compact.css?inline";
import sale from "../styles/sale.css?inline";

/** The storefront's looks under a name that does not change, for the pages that functions render. */
export const GET = () =>
  new Response(base + sale + plain + compact, { headers: { "content-type": "text/css" } });

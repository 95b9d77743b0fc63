import * as v from "valibot";

/**
 * Who sees a sale.
 * - `draft`: staff alone; for everybody else there is no such sale.
 * - `listed`: everybody, in the lists too.
 * - `unlisted`: whoever has its address; it is in no list, and search engines are asked to leave it out.
 * - `retired`: the same, once it is over: put aside, in the console too. A draft can be retired as well.
 */
export const visibilities = ["draft", "listed", "unlisted", "retired"] as const;
export const visibility = v.picklist(visibilities, `must be one of ${visibilities.join(", ")}`);
export type Visibility = (typeof visibilities)[number];

/** As a sale may be created: nothing is over that never began. */
const first = ["draft", "listed", "unlisted"] as const;
export const firstVisibility = v.picklist(first, `must be one of ${first.join(", ")}`);

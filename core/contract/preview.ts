import * as v from "valibot";
import { storableLine } from "./text.ts";
import { instant } from "./instant.ts";
import { saleStatus } from "./sale.ts";
import { visibility } from "./visibility.ts";

const whole = "must be a whole number";
const HOUR_LIMIT = 14 * 24;

/** For how long a preview's link opens the page. */
export const previewLinkRequest = v.strictObject({
  hours: v.optional(v.pipe(v.number(whole), v.integer(whole), v.minValue(1), v.maxValue(HOUR_LIMIT)), 24),
});

/** A link to the page as shoppers will see it, for whoever has it, until it ends. It cannot be taken back. */
export const previewLink = v.object({
  /** On the site; what stands behind the `#` is sent to no server by itself, and so is in no log. */
  path: v.string(),
  endsAt: instant,
});
export type PreviewLink = v.InferOutput<typeof previewLink>;

/** What a preview's page asks with: POST, so that no cache and no log of addresses ever has it. */
export const previewRequest = v.strictObject({ token: v.pipe(storableLine, v.maxLength(1_000)) });

/** A sale as shoppers will see it, with all its units. Nothing can be bought by it. */
export const preview = v.object({ sale: saleStatus, visibility, endsAt: instant });
export type Preview = v.InferOutput<typeof preview>;

import * as v from "valibot";
import { languages } from "./language.ts";
import { instant } from "./sale.ts";

/** Asking for one mail before a sale opens. */
export const remindRequest = v.strictObject({
  /** Of the mail. */
  language: v.optional(v.picklist(languages), "en"),
});

/** Whether the signed-in buyer gets a mail before a sale opens, and from when on; null: it opens too soon, or has begun. */
export const reminderAnswer = v.object({ isAsked: v.boolean(), at: v.nullable(instant) });
export type ReminderAnswer = v.InferOutput<typeof reminderAnswer>;

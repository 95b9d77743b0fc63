import type { payment as english } from "./en/payment.ts";
import { locale } from "./texts.ts";

/** The words of paying for an order, in the page's language; nobody is sent the others. */
export const paymentTexts: typeof english =
  locale === "de" ? (await import("./de/payment.ts")).payment : (await import("./en/payment.ts")).payment;

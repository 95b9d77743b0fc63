import type { Language } from "./language.ts";

/** The shop that sells here, as its shoppers know it. A link that is empty is not set yet, and pages say so. */
export type Shop = {
  readonly name: string;
  /** Its colour as `#rrggbb`; empty: ours. */
  readonly accent: string;
  readonly imprintUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
  /** A mail address at which buyers reach it; empty: none was set. */
  readonly contact: string;
  /** What happens once an order is confirmed, in the words of the shop. */
  readonly nextStepsEn: string;
  readonly nextStepsDe: string;
  /** In which mails name times, as the IANA names it. */
  readonly timeZone: string;
  /** What the shop's own sign-in is called on its button; empty: it has none. */
  readonly signInName: string;
};

/** Which variable sets which part. */
export const shopVariables = {
  name: "SHOP_NAME",
  accent: "SHOP_ACCENT",
  imprintUrl: "SHOP_IMPRINT_URL",
  privacyUrl: "SHOP_PRIVACY_URL",
  termsUrl: "SHOP_TERMS_URL",
  contact: "SHOP_CONTACT",
  nextStepsEn: "SHOP_NEXT_STEPS_EN",
  nextStepsDe: "SHOP_NEXT_STEPS_DE",
  timeZone: "SHOP_TIME_ZONE",
  signInName: "SHOP_SIGN_IN_NAME",
} as const satisfies Record<keyof Shop, string>;

/** All of them; pure, so that a function that speaks for no shop has none of this in its bundle. */
export const shopNames = /* @__PURE__ */ (() => Object.values(shopVariables))();

/** What a shop is called that nobody has named. */
const UNNAMED = "Flash sale";

/** Links that the law asks a shop for (in Germany § 5 DDG, Art. 13 GDPR, § 312i BGB). */
export const legalLinks = ["imprintUrl", "privacyUrl", "termsUrl"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error naming what is no web address, no mail address, no colour, or no time zone */
export function readShop(environment: Environment): Shop {
  const read = (part: keyof Shop) => environment[shopVariables[part]]?.trim() ?? "";
  for (const part of legalLinks) {
    // The place of the language is no part of an address yet.
    const isAddress = read(part) === "" || /^https?:\/\/[^\s"<>]+$/.test(read(part));
    if (!isAddress) throw new Error(`${shopVariables[part]} must be a web address (https://…), or empty`);
  }
  if (!/^(?:#[0-9a-f]{6})?$/i.test(read("accent")))
    throw new Error(`${shopVariables.accent} must be a colour as #rrggbb, or empty`);
  if (!/^(?:[^\s@<>"]+@[^\s@<>"]+)?$/.test(read("contact")))
    throw new Error(`${shopVariables.contact} must be a mail address, or empty`);
  const timeZone = read("timeZone") || "UTC";
  if (!isTimeZone(timeZone))
    throw new Error(`${shopVariables.timeZone} must be a time zone such as Europe/Berlin, or empty`);
  return {
    timeZone,
    name: read("name") || UNNAMED,
    accent: read("accent"),
    imprintUrl: read("imprintUrl"),
    privacyUrl: read("privacyUrl"),
    termsUrl: read("termsUrl"),
    contact: read("contact"),
    nextStepsEn: read("nextStepsEn"),
    nextStepsDe: read("nextStepsDe"),
    signInName: read("signInName"),
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The variables that must be set before anybody is sold anything. */
export const unsetOf = (shop: Shop): string[] =>
  legalLinks.filter((part) => shop[part] === "").map((part) => shopVariables[part]);

/** A link in the page's language: `{language}` in the setting stands for `en` or `de`. */
export const linkIn = (url: string, language: Language): string => url.replaceAll("{language}", language);

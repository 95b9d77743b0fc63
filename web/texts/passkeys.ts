import type { passkeys as english } from "./en/passkeys.ts";
import { locale } from "./texts.ts";

/** The words of passkeys, in the page's language, loaded when somebody uses one. */
export const passkeyTexts = async (): Promise<typeof english> =>
  locale === "de" ? (await import("./de/passkeys.ts")).passkeys : (await import("./en/passkeys.ts")).passkeys;

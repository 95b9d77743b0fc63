import type { passkeys as english } from "./en/passkeys.ts";

/** The words of passkeys, in the page's language, loaded when somebody uses one. */
export const passkeyTexts = async (): Promise<typeof english> =>
  document.documentElement.lang === "de"
    ? (await import("./de/passkeys.ts")).passkeys
    : (await import("./en/passkeys.ts")).passkeys;

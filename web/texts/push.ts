import type { push as english } from "./en/push.ts";

/** The words of notices in the browser, in the page's language, loaded when somebody switches them. */
export const pushTexts = async (): Promise<typeof english> =>
  document.documentElement.lang === "de"
    ? (await import("./de/push.ts")).push
    : (await import("./en/push.ts")).push;

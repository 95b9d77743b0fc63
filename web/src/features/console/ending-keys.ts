import { consoleTexts } from "../../../texts/console.ts";
import type { ApiKey } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { endingSoon } from "./key-expiry.ts";
import { machinesApi } from "./machines-api.ts";
import { bothTimes } from "./time-texts.ts";

/** Warns of keys that end soon. */
export function showEndingKeys(keys: readonly ApiKey[]): void {
  const ending = endingSoon(keys, Date.now());
  const names = ending.map(({ name, expiresAt }) => `${name} (${bothTimes(expiresAt!)})`).join(", ");
  const notice = part(document, "keys-ending");
  setText(notice, ending.length === 0 ? "" : consoleTexts.keys.warning(names));
  setShown(notice, ending.length > 0);
}

/** The same where the keys are not shown; silent if they cannot be looked up: their own page says so. */
export async function warnOfEndingKeys(): Promise<void> {
  const reply = await machinesApi.keys();
  if (reply.kind === "ok") showEndingKeys(reply.value.keys);
}

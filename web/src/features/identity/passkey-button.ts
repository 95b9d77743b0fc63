import { passkeyTexts } from "../../../texts/passkeys.ts";
import type { SessionView } from "../api/contract.ts";
import { part, setText } from "../page/dom.ts";
import { signInWithPasskey } from "../passkeys/use-passkey.ts";

/** Signs in by a passkey; null: it came to nothing, and the form says why. Loaded with the click. */
export async function signInByPasskey(root: HTMLElement): Promise<SessionView | null> {
  const button = part(root, "passkey");
  const error = part(root, "passkey-error");
  if (button.getAttribute("aria-busy") === "true") return null;
  button.setAttribute("aria-busy", "true");
  setText(error, "");
  try {
    const answer = await signInWithPasskey();
    if (typeof answer !== "string") return answer;
    setText(error, answer);
  } catch {
    setText(error, (await passkeyTexts()).noAnswer);
  } finally {
    button.setAttribute("aria-busy", "false");
  }
  return null;
}

import { passkeyTexts } from "../../../texts/passkeys.ts";
import type { SessionView } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";

/**
 * The ways to sign in that need no mail: the shop's own, where it has one, and a passkey, where the browser can. What a passkey
 * takes is loaded with the click.
 */
export function wireOtherWays(root: HTMLElement, onSignedIn: (view: SessionView) => void): void {
  const link = root.querySelector<HTMLAnchorElement>('[data-part="openid"]');
  if (link) link.search = new URLSearchParams({ next: location.pathname + location.search }).toString();
  const button = part<HTMLButtonElement>(root, "passkey");
  const error = part(root, "passkey-error");
  setShown(button, "PublicKeyCredential" in window);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    setText(error, "");
    void signIn()
      .then((answer) => (typeof answer === "string" ? setText(error, answer) : onSignedIn(answer)))
      .finally(() => button.setAttribute("aria-busy", "false"));
  });
}

/** A text: what went wrong. */
async function signIn(): Promise<SessionView | string> {
  try {
    const { signInWithPasskey } = await import("../passkeys/use-passkey.ts");
    return await signInWithPasskey();
  } catch {
    return (await passkeyTexts()).noAnswer;
  }
}

import { consoleTexts } from "../../../texts/console.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";

/** Where a secret is shown until whoever made it says that they have it; it is kept nowhere. Call it once. */
export function wireSecret(): (secret: string) => void {
  const panel = part(document, "secret");
  const text = part(panel, "secret-text");
  part(panel, "secret-copy").addEventListener("click", () => {
    const copying = navigator.clipboard.writeText(text.textContent);
    void copying.then(() => announce(consoleTexts.webhooks.secret.copied));
  });
  part(panel, "secret-hide").addEventListener("click", () => {
    setText(text, "");
    setShown(panel, false);
  });
  return (secret) => {
    setText(text, secret);
    setShown(panel, true);
    panel.focus();
  };
}

import { consoleTexts } from "../../../texts/console.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";

/** Shows a secret until whoever made it says that they have it; it is kept nowhere. */
export function showSecret(secret: string): void {
  const panel = part(document, "secret");
  const copy = part<HTMLButtonElement>(panel, "secret-copy");
  setText(part(panel, "secret-text"), secret);
  setShown(panel, true);
  panel.focus();
  copy.onclick = () => {
    void navigator.clipboard.writeText(secret).then(() => announce(consoleTexts.webhooks.secret.copied));
  };
  part<HTMLButtonElement>(panel, "secret-hide").onclick = () => {
    setText(part(panel, "secret-text"), "");
    setShown(panel, false);
  };
}

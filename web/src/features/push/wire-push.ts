import { browserKeep } from "../page/browser-keep.ts";
import { part, setText } from "../page/dom.ts";
import { PUSH_KEPT, showSwitches, switches } from "./switches.ts";

/** Everything else comes with the press of a button. */
for (const panel of switches())
  panel.addEventListener("click", ({ target }) => {
    const isOn = part(panel, "push-on").contains(target as Node);
    if (!isOn && !part(panel, "push-off").contains(target as Node)) return;
    import("./switch-push.ts")
      .then(({ switchPush }) => switchPush(panel, isOn))
      .catch(() => setText(part(panel, "push-status"), panel.dataset["failed"] ?? ""));
  });
document.addEventListener("push-ended", () => showSwitches(false));
showSwitches(browserKeep("localStorage").getItem(PUSH_KEPT) !== null);

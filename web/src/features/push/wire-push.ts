import { browserKeep } from "../page/browser-keep.ts";

/** Everything else comes with the press of a button, or where a browser is told already. */
const load = () => import("./switch-push.ts");

document.addEventListener("click", ({ target }) => {
  const button = (target as Element).closest<HTMLElement>(".push button");
  if (button)
    load()
      .then(({ switchPush }) => switchPush(button))
      // Its last part says so.
      .catch(() => (button.parentElement!.lastElementChild as HTMLElement).removeAttribute("hidden"));
});
if (browserKeep("localStorage").getItem("flash-sale.push")) void load();

import { part, setShown } from "../page/dom.ts";

/** Under this name a browser keeps which of its owner's it is, while it is told by push. */
export const PUSH_KEPT = "flash-sale.push";

/** A page may have one in several places. */
export const switches = () => document.querySelectorAll<HTMLElement>('[data-part="push"]');

export function showSwitches(isOn: boolean): void {
  for (const panel of switches()) {
    setShown(part(panel, "push-on"), !isOn);
    setShown(part(panel, "push-off"), isOn);
  }
}

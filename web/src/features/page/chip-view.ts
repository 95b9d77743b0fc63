import type { FaceText } from "../../../texts/looks.ts";
import { part, setIcon, setText } from "./dom.ts";

/** Shows a state as icon and word; the tone only colours what they say. */
export function showChip(
  root: ParentNode,
  { chip, icon, tone }: Pick<FaceText, "chip" | "icon" | "tone">,
): void {
  const element = part(root, "chip");
  element.dataset["tone"] = tone;
  setText(part(element, "chip-text"), chip);
  setIcon(part<SVGUseElement>(element, "chip-icon"), icon);
}

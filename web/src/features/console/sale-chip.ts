import { consoleTexts as texts } from "../../../texts/console.ts";
import { texts as site } from "../../../texts/texts.ts";
import type { SaleNumbers } from "../api/contract.ts";
import { showChip } from "../page/chip-view.ts";

const aside = {
  draft: { icon: "dots", tone: "quiet" },
  retired: { icon: "box", tone: "quiet" },
} as const;

/** Where a sale is now; of a draft, and of one that was put aside, that alone: it has no phase that anybody could meet. */
export function showSaleChip(root: ParentNode, { phase, visibility }: SaleNumbers): void {
  const isAside = visibility === "draft" || visibility === "retired";
  showChip(root, isAside ? { ...aside[visibility], chip: texts.visibility[visibility] } : site.phases[phase]);
}

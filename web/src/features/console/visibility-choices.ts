import type { SaleNumbers, Visibility } from "../api/contract.ts";

type Known = Pick<SaleNumbers, "visibility" | "epoch" | "phase">;

/** What a sale may become; a sale that was never published (epoch 0) is a draft once it is brought back. */
export function choicesOf({ visibility, epoch, phase }: Known): readonly Visibility[] {
  switch (visibility) {
    case "draft":
      return ["listed", "unlisted", "retired"];
    case "listed":
      return phase === "ended" ? ["unlisted", "retired"] : ["unlisted"];
    case "unlisted":
      return phase === "ended" ? ["listed", "retired"] : ["listed"];
    case "retired":
      return epoch === 0 ? ["draft"] : ["listed", "unlisted"];
    default:
      return visibility satisfies never;
  }
}

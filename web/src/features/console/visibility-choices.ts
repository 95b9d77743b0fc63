import type { SaleNumbers, Visibility } from "../api/contract.ts";

type Known = Pick<SaleNumbers, "visibility" | "epoch" | "isClosed">;

/**
 * What a sale may become. One that was never published (epoch 0) is a draft once it is brought back; one that goes on, or is not
 * accounted for yet, is not retired.
 */
export function choicesOf({ visibility, epoch, isClosed }: Known): readonly Visibility[] {
  switch (visibility) {
    case "draft":
      return ["listed", "unlisted", "retired"];
    case "listed":
      return isClosed ? ["unlisted", "retired"] : ["unlisted"];
    case "unlisted":
      return isClosed ? ["listed", "retired"] : ["listed"];
    case "retired":
      return epoch === 0 ? ["draft"] : ["listed", "unlisted"];
    default:
      return visibility satisfies never;
  }
}

import type { SaleWithdrawal } from "../contract/sale-withdrawal.ts";
import type { Command } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { whyNotWithdraw } from "../reservation/withdrawal.ts";
import type { Wish } from "../reservation/wish.ts";

/** What a wish asks for, by the terms of its sale. */
export function commandOf(wish: Wish, { reservedAtMs }: Reservation, terms: SaleWithdrawal): Command {
  switch (wish.wish) {
    case "return":
      return { kind: "return", wish };
    case "withdraw":
      return {
        kind: "return",
        wish: {
          ...wish,
          isWithheld: terms.kind === "days" && terms.returnsGo === "withheld",
          withdrawnAtMs: wish.wishedAtMs,
        },
        refusal: whyNotWithdraw(terms, reservedAtMs, wish.wishedAtMs),
      };
    case "refund":
      return { kind: "refund", wish };
    case "resolve_refund":
      return { kind: "resolve_refund", wish };
    default:
      return wish satisfies never;
  }
}

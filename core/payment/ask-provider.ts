import type { Payment, ProviderAnswer, ProviderRefusal } from "./provider.ts";

/** The provider did not answer, or had too much to do: nothing is known, and asking again later is right. */
export class ProviderSilent extends Error {
  // As the stores' clients call it: see store-errors.ts.
  override readonly name = "ServiceUnavailable";
  readonly why: Extract<ProviderRefusal, "unavailable" | "rate_limited">;
  constructor(why: ProviderSilent["why"]) {
    super(`the payment provider is ${why}`);
    this.why = why;
  }
}

export type Clear =
  | { readonly kind: "payment"; readonly payment: Payment }
  | { readonly kind: "refused"; readonly why: "declined" | "conflict" | "missing" };

/** A clear answer. @throws ProviderSilent when there is none. */
export async function ask(asking: Promise<ProviderAnswer>): Promise<Clear> {
  const answer = await asking;
  if (answer.kind === "payment") return answer;
  const { why } = answer;
  if (why === "unavailable" || why === "rate_limited") throw new ProviderSilent(why);
  return { kind: "refused", why };
}

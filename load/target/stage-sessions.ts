import { invoke, readDeployedStage } from "../../ops/deployed-stage.ts";
import type { SmokeSessions } from "../../core/canary/smoke-purchase.http.ts";
import type { BuyerId } from "../../core/ids.ts";
import { LocalError } from "../../local/local-error.ts";
import type { SignedIn } from "../local-session.ts";

const AT_ONCE = 20;

/**
 * The sessions of the stage that was deployed from here, made by the function that makes those of the smoke purchase. They
 * live for five minutes. @throws LocalError if the address is not that stage's.
 */
export async function stageSessions(url: string) {
  const { site, region, smokeSessions } = readDeployedStage();
  if (new URL(site).origin !== new URL(url).origin)
    throw new LocalError(`${url} is not the stage that was deployed from here, which is ${site}.`);
  const pair = () => invoke<SmokeSessions>(region, smokeSessions, {});

  async function sessions(count: number): Promise<readonly SignedIn[]> {
    const made: SignedIn[] = [];
    const work = async () => {
      while (made.length < count) {
        const { shopper } = await pair();
        if (made.length < count) made.push({ token: shopper, buyerId: buyerOf(shopper) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return made;
  }
  return { operatorToken: (await pair()).operator, sessions };
}

/** Whom a session is of. Its signature is the stage's to check. */
export function buyerOf(token: string): BuyerId {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return (JSON.parse(payload) as { readonly sub: BuyerId }).sub;
}

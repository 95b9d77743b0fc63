import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testPayments } from "../../tests/support/test-payments.ts";
import { ProviderSilent } from "./ask-provider.ts";
import { doTask } from "./do-task.ts";

const at = await testPayments(await testStores());
const { stripe, deps, ledger, measured, aHold, urlOf, choose, expire, giveUp, stateOf, intentsOf, sentOf } =
  at;

describe("a hold that ends", () => {
  test("unpaid: nobody can pay any more, then it is expired and sent on", async () => {
    const hold = await aHold();
    const url = await urlOf(hold);
    expect(await expire(hold)).toMatchObject({ state: { kind: "expired" } });
    expect(await (await choose(url, "pay")).text()).toContain("Too late");
    expect(intentsOf(hold)).toEqual([]);
    expect(await sentOf(hold)).toMatchObject([{ events: [{ kind: "expired" }] }]);
  });

  test("waits while the provider is out of reach", async () => {
    const hold = await aHold();
    const url = await urlOf(hold);
    stripe.setOutage("errors");
    await expect(expire(hold)).rejects.toThrow(ProviderSilent);
    expect(await stateOf(hold)).toMatchObject({ kind: "held" });
    stripe.setOutage("none");
    await choose(url, "pay");
    expect(await expire(hold)).toMatchObject({ state: { kind: "authorised" } });
  });

  test("and has ended already: the provider is not asked", async () => {
    const hold = await aHold();
    await urlOf(hold);
    await expire(hold);
    stripe.setOutage("errors");
    await doTask(deps, { task: "expire", ...hold });
    expect(await giveUp(hold)).toMatchObject({
      state: { kind: "expired" },
    });
  });

  test("and was paid all the same: the money goes back, and stays back", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    // Somebody else was first: a recovery that found it uncounted.
    await ledger.decideHold(hold, { kind: "rejected", id: "reject", number: 1, reason: "stale_epoch" });
    await doTask(deps, { task: "give_up", ...hold });
    await doTask(deps, { task: "give_up", ...hold });
    expect(intentsOf(hold)).toMatchObject([{ status: "canceled", received: 0 }]);
    expect(measured).toEqual(["PaymentsGivenUp"]);
  });

  test("by its buyer, who then paid in another tab: paid", async () => {
    const hold = await aHold();
    await choose(await urlOf(hold), "pay");
    expect(await giveUp(hold)).toMatchObject({
      state: { kind: "authorised" },
    });
  });
});

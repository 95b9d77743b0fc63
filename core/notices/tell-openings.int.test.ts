import { expect, test } from "vitest";
import { testTables } from "../../tests/support/test-aws.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { BuyerId } from "../ids.ts";
import { createPost } from "../mail/post.ts";
import type { PushNotice } from "../push/notice.ts";
import { createReminders } from "./reminders.dynamo.ts";
import { createOpeningTeller } from "./tell-openings.ts";

const stores = await testStores();
const reminders = createReminders(testTables(stores.dynamoEndpoint), stores.lineTable);
const MINUTE_MS = 60_000;
/** Everybody is reached under their number. */
const addressesOf: Addresses["of"] = async (all) => new Map(all.map((buyerId) => [buyerId, buyerId]));

/** A sale that is to be told of now; what is told by mail and to browsers is noted. */
function world() {
  const sale = aSale({ startsAtMs: NOW_MS + 14 * MINUTE_MS });
  const { saleId } = sale;
  const [mailed, pushed]: [string[], BuyerId[]] = [[], []];
  const quiet = { warn: () => {}, measure: () => {} };
  const tell = createOpeningTeller({
    ...quiet,
    reminders,
    saleOf: async (id) => (id === saleId ? sale : null),
    addresses: { of: addressesOf },
    openingMail: () => ({ subject: "Opens soon", text: "It opens soon." }),
    tierOpensAtMs: async () => null,
    pushes: {
      sendAll: async (notices: readonly PushNotice[]) =>
        void pushed.push(...notices.map(({ buyerId }) => buyerId)),
    },
    clock: { nowMs: () => NOW_MS, monotonicMs: () => 0 },
  });
  const sendMail = async ({ to }: { readonly to: string }) => void mailed.push(to);
  const post = createPost({ ...quiet, sendMail, mailsPerSecond: 10_000 }, () => true);
  return {
    ask: async (atMs: number, buyerId = aBuyer()) => {
      const reminder = { buyerId, language: "en" as const, askedAtMs: NOW_MS + atMs, unsubscribe: "a link" };
      await reminders.ask(saleId, sale.startsAtMs, reminder);
      return buyerId;
    },
    forget: (buyerId: BuyerId) => reminders.forget(saleId, buyerId),
    tellOnce: async () => {
      await tell(post);
      return { mailed: mailed.toSorted(), pushed: pushed.toSorted() };
    },
  };
}

test("who stopped all of them, or took the wish back, is told nothing: by no mail, and in no browser", async () => {
  const { ask, forget, tellOnce } = world();
  const [asked, stopped, forgot] = [await ask(-3), await ask(-3), await ask(-3)];
  await reminders.stop(stopped, NOW_MS - 2);
  await forget(forgot);
  // Whoever asks again wants to hear again.
  const again = await ask(-3);
  await reminders.stop(again, NOW_MS - 2);
  await ask(-1, again);
  const both = [asked, again].toSorted();
  expect(await tellOnce()).toEqual({ mailed: both, pushed: both });
  expect(await tellOnce()).toEqual({ mailed: both, pushed: both });
});

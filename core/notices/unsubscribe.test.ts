import { expect, test } from "vitest";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { sessionSigner } from "../identity/session.ts";
import { readUnsubscribeToken, unsubscribeToken } from "./unsubscribe.ts";

const signer = sessionSigner("a secret of these tests alone, long enough", "local");
const other = sessionSigner("another secret of these tests, long enough", "local");

test("a link stops the notices of the buyer that it was made for, and of nobody else", () => {
  const [buyerId, stranger] = [aBuyer(), aBuyer()];
  const token = unsubscribeToken(signer, buyerId);
  expect(readUnsubscribeToken(signer, token)).toBe(buyerId);
  const forged = [
    token.replace(buyerId, stranger),
    `${token}x`,
    `${token}.`,
    buyerId,
    "",
    unsubscribeToken(other, buyerId),
  ];
  for (const wrong of forged) expect(readUnsubscribeToken(signer, wrong)).toBeNull();
});

import { expect, test } from "vitest";
import { issueSession, sessionSigner } from "../identity/session.ts";
import { newBuyerId, newSaleId } from "../ids.ts";
import { checkPreviewToken, issuePreviewToken } from "./preview-token.ts";

const nowMs = Date.parse("2026-11-27T09:00:00.000Z");
const signer = sessionSigner("s".repeat(32), "local");
const saleId = newSaleId(nowMs);
const endsAtMs = nowMs + 3_600_000;
const token = issuePreviewToken(signer, { saleId, endsAtMs });

test("a link opens its sale's page until it ends, and not a moment longer", () => {
  expect(checkPreviewToken(signer, token, nowMs)).toEqual({ saleId, endsAtMs });
  expect(checkPreviewToken(signer, token, endsAtMs - 1)).toEqual({ saleId, endsAtMs });
  expect(checkPreviewToken(signer, token, endsAtMs)).toBeNull();
});

test("what was changed, is of another stage or key, or is no link at all, opens nothing", () => {
  const [sale, seconds, signature] = token.split(".") as [string, string, string];
  const later = String(Number(seconds) + 60);
  const others = [
    `${newSaleId(nowMs)}.${seconds}.${signature}`,
    `${sale}.${later}.${signature}`,
    `${sale}.${seconds}.`,
    `${token}.x`,
    "",
    issueSession(signer, { buyerId: newBuyerId(nowMs), role: "admin", expiresAtMs: endsAtMs }),
    issuePreviewToken(sessionSigner("s".repeat(32), "production"), { saleId, endsAtMs }),
    issuePreviewToken(sessionSigner("t".repeat(32), "local"), { saleId, endsAtMs }),
  ];
  for (const other of others) expect(checkPreviewToken(signer, other, nowMs)).toBeNull();
});

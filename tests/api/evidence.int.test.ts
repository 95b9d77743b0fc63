import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { EvidenceKeys, ReceiptStatement, SignedStatement } from "../../core/contract/evidence.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { createEvidenceKeyStore } from "../../core/evidence/evidence-keys.dynamo.ts";
import { signingKey } from "../../core/evidence/signing-key.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer, NOW_MS } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { decided } = testCancel(cloud.apiUrl);
const folder = mkdtempSync(join(tmpdir(), "evidence-"));
const dynamo = openDynamo(cloud.dynamoEndpoint);
const store = createEvidenceKeyStore(dynamo, cloud.ledgerTable);
const db = connectDatabase(cloud.databaseUrl);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  dynamo.close();
  await db.destroy();
});

const operator = tokenOf(aBuyer(), "operator");
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its route answers
const bodyOf = <T>({ body }: { body: unknown }) => body as T;
const said = ({ payload }: SignedStatement) =>
  JSON.parse(Buffer.from(payload, "base64url").toString()) as ReceiptStatement;
const keysNow = async () => bodyOf<EvidenceKeys>(await call("GET /api/evidence/keys"));

function save(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}
/** Beside this process, which serves the keys. */
const verify = (...words: string[]) =>
  new Promise<{ status: number; text: string }>((resolve) =>
    execFile(process.execPath, ["verify-evidence.mjs", ...words], (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), text: stdout + stderr }),
    ),
  );

async function bundleOf(saleId: string) {
  const report = bodyOf<SignedStatement>(
    await call(`GET /api/admin/sales/${saleId}/report`, { token: operator }),
  );
  const orders = await call(`GET /api/admin/sales/${saleId}/report/orders`, { token: operator });
  return { report, orders: orders.text, log: null };
}

test("a buyer's receipt and the sale's report are right, fit together, and the script that knows nothing of us says so", async () => {
  const saleId = await newSale({ purchaseLimit: 2 });
  const buyerId = aBuyer();
  const { orderId } = (await buy(saleId, { buyerId, quantity: 2 })).body!;
  await buy(saleId);
  const token = tokenOf(buyerId);
  const route = `GET /api/sale/order/${orderId}/receipt`;
  const rows = async () =>
    Number(
      (
        await db
          .selectFrom("orders")
          .select(db.fn.countAll().as("n"))
          .where("sale_id", "=", saleId)
          .executeTakeFirstOrThrow()
      ).n,
    );
  await waitFor("both orders are rows, and the ledger knows", async () => {
    const order = await call(`GET /api/sale/order/${orderId}`, { token });
    return (order.body as { state?: string }).state === "confirmed" && (await rows()) === 2;
  });
  expect((await call(route)).status).toBe(401);
  expect((await call(route, { token: tokenOf() })).status).toBe(404);
  const answer = await call(route, { token });
  expect(answer.headers.get("content-disposition")).toContain(`receipt-${orderId}.json`);
  const receipt = bodyOf<SignedStatement>(answer);
  expect(said(receipt)).toMatchObject({
    issuer: expect.stringMatching(/^http/),
    saleId,
    orderId,
    buyerId,
    quantity: 2,
    unitsLeft: 2,
    state: "confirmed",
    priceMinor: 12_900,
    leaf: null,
  });
  expect(
    (await call(`GET /api/admin/sales/${saleId}/report`, { token: tokenOf(aBuyer(), "viewer") })).status,
  ).toBe(403);
  const bundle = await bundleOf(saleId);
  expect(bundle.orders).not.toContain(buyerId);
  const files = [save("report.json", bundle), "--keys", save("keys.json", await keysNow())];
  const own = save("receipt.json", receipt);
  expect(await verify(own, "--keys", `${cloud.apiUrl}/api/evidence/keys`)).toMatchObject({ status: 0 });
  const both = await verify(...files, "--receipt", own);
  expect(both.status, both.text).toBe(0);
  expect(both.text).toContain('"sold": 3');

  // An order that is returned later is another list, and what was signed before stays as it was.
  await decided({ saleId, orderId: orderId! }, { units: 1 });
  const later = await bundleOf(saleId);
  expect(later.orders).not.toBe(bundle.orders);
  const mixed = await verify(save("mixed.json", { ...bundle, orders: later.orders }), ...files.slice(1));
  expect(mixed.status).toBe(1);
  const noted = await verify(save("later.json", later), ...files.slice(1), "--receipt", own);
  expect([noted.status, noted.text.includes("NOTE")]).toEqual([0, true]);
});

test("what is signed while another clock was ten minutes ahead at the key's first use is right", async () => {
  const saleId = await newSale();
  const buyerId = aBuyer();
  const { orderId } = (await buy(saleId, { buyerId })).body!;
  const token = tokenOf(buyerId);
  const receiptOf = async () =>
    bodyOf<SignedStatement>(await call(`GET /api/sale/order/${orderId}/receipt`, { token }));
  await receiptOf();
  const [key] = (await keysNow()).keys;
  const aheadMs = Date.now() + 600_000;
  await dynamo.update({
    TableName: cloud.ledgerTable,
    Key: { pk: "evidence#keys", sk: key!.kid },
    UpdateExpression: "set firstUsedAtMs = :ahead",
    ExpressionAttributeValues: { ":ahead": aheadMs },
  });
  const receipt = await receiptOf();
  const keys = ["--keys", save("keys.json", await keysNow())];
  const own = save("ahead-receipt.json", receipt);
  expect(await verify(own, ...keys)).toMatchObject({ status: 0 });
  expect(said(receipt).issuedAt).toBe(new Date(aheadMs).toISOString());
  expect(await verify(save("ahead.json", await bundleOf(saleId)), ...keys, "--receipt", own)).toMatchObject({
    status: 0,
  });
});

test("a key is published once, before it signs, stays beside the next one, and signs nothing once it is revoked", async () => {
  const [first, next] = ["one secret, long enough to be one", "and the next one, as long as that"].map(
    signingKey,
  );
  await Promise.all([1, 2, 3].map(() => store.publish(first!, NOW_MS)));
  await store.publish(next!, NOW_MS + 1_000);
  const mine = async () =>
    (await keysNow()).keys.filter(({ kid }) => kid === first!.kid || kid === next!.kid);
  expect(await mine()).toMatchObject([
    { kid: first!.kid, firstUsedAt: new Date(NOW_MS).toISOString(), revokedAt: null },
    { kid: next!.kid, revokedAt: null },
  ]);
  expect([await store.revoke(first!.kid, NOW_MS + 2_000), await store.revoke("none", NOW_MS)]).toEqual([
    true,
    false,
  ]);
  await store.revoke(first!.kid, NOW_MS + 9_000);
  expect((await mine())[0]).toMatchObject({ revokedAt: new Date(NOW_MS + 2_000).toISOString() });
  await expect(store.publish(first!, NOW_MS + 3_000)).rejects.toThrow("was revoked");
  // A function that signs may put into the keys alone: whatever it puts there, the key stays revoked.
  const { kid, x } = first!;
  await dynamo.put({
    TableName: cloud.ledgerTable,
    Item: { pk: "evidence#keys", sk: kid, x, firstUsedAtMs: NOW_MS + 4_000 },
  });
  expect((await mine()).find((key) => key.kid === kid)).toMatchObject({
    revokedAt: new Date(NOW_MS + 2_000).toISOString(),
  });
  await expect(store.publish(first!, NOW_MS + 5_000)).rejects.toThrow("was revoked");
});

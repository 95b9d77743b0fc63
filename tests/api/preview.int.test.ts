import { expect, test } from "vitest";
import type { Preview, PreviewLink } from "../../core/contract/preview.ts";
import type { PreflightReport } from "../../core/contract/preflight.ts";
import type { Role } from "../../core/contract/identity.ts";
import type { SaleId } from "../../core/ids.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { loadConfig } from "../../core/config.ts";
import { issuePreviewToken } from "../../core/sale/preview-token.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale, operate, buy } = testApi(cloud.apiUrl);

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const as = (role: Role) => tokenOf(aBuyer(), role);
const tokenIn = ({ path }: PreviewLink) => path.replace("/preview/#", "");
const open = (token: string) => call("POST /api/sale/preview", { body: { token } });

async function linkOf(saleId: SaleId, hours = 1): Promise<PreviewLink> {
  const answer = await call(`POST /api/admin/sales/${saleId}/preview`, {
    token: as("viewer"),
    body: { hours },
  });
  expect(answer.status).toBe(201);
  return answer.body as unknown as PreviewLink;
}

test("whoever has the link sees a draft as shoppers will, without signing in, and no cache keeps it", async () => {
  const startsAt = inAnHour();
  const saleId = await newSale({ visibility: "draft", startsAt, allocated: 7 });
  const link = await linkOf(saleId);
  const answer = await open(tokenIn(link));
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  expect(answer.body as unknown as Preview).toMatchObject({
    visibility: "draft",
    endsAt: link.endsAt,
    sale: { saleId, phase: "scheduled", startsAt, stock: { available: 7 } },
  });
  // It shows, and nothing more: the sale is still nobody's to buy.
  expect((await buy(saleId)).status).toBe(404);
  await operate(saleId, { visibility: "listed" });
  expect((await open(tokenIn(link))).body).toMatchObject({ visibility: "listed" });
});

test("a link that has ended, or was made up, opens nothing", async () => {
  const saleId = await newSale({ visibility: "draft", startsAt: inAnHour() });
  const { SESSION_SECRET, STAGE } = loadConfig(["SESSION_SECRET"]);
  const signer = sessionSigner(SESSION_SECRET, STAGE);
  const ended = issuePreviewToken(signer, { saleId, endsAtMs: Date.now() - 1_000 });
  for (const token of [ended, `${saleId}.9999999999.AAAA`, "", as("admin")])
    expect([token, (await open(token)).status]).toEqual([token, 404]);
});

test("links and preflight are for staff", async () => {
  const saleId = await newSale({ visibility: "draft", startsAt: inAnHour() });
  const asks = [
    ["POST", "preview", { hours: 1 }],
    ["GET", "preflight", undefined],
  ] as const;
  for (const [method, what, body] of asks) {
    const route = `${method} /api/admin/sales/${saleId}/${what}`;
    const codes = await Promise.all(
      [undefined, as("shopper"), as("viewer")].map(
        async (token) => (await call(route, { token, body })).status,
      ),
    );
    expect([what, codes]).toEqual([what, [401, 403, method === "POST" ? 201 : 200]]);
  }
});

test("preflight says of a draft that it is one, and of a sale what each store says", async () => {
  const saleId = await newSale({ visibility: "draft", startsAt: inAnHour() });
  const preflight = async () => {
    const answer = await call(`GET /api/admin/sales/${saleId}/preflight`, { token: as("viewer") });
    const { verdict, checks } = answer.body as unknown as PreflightReport;
    return { verdict, results: Object.fromEntries(checks.map(({ name, result }) => [name, result])) };
  };
  expect(await preflight()).toMatchObject({ verdict: "no_go", results: { visibility: "no_go" } });
  await operate(saleId, { visibility: "unlisted" });
  expect(await preflight()).toMatchObject({
    // No guardian runs here, and none was ever seen.
    verdict: "no_go",
    results: {
      visibility: "go",
      sale: "go",
      gate: "go",
      settings: "go",
      clock: "go",
      guardian: "no_go",
      "quotas, alarms and warmth": "unknown",
    },
  });
});

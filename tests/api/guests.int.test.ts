import { describe, expect, test } from "vitest";
import type { GuestSummary, InvitationAnswer } from "../../core/contract/guests.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { codeFor } from "../support/test-mailbox.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud({ trigger: false });
const { call, newSale, operate } = testApi(cloud.apiUrl);
const operator = tokenOf(aBuyer(), "operator");

const aListedSale = (by: "addresses" | "codes", settings: Parameters<typeof newSale>[0] = {}) =>
  newSale({ guests: { kind: "listed", by, tiers: [] }, ...settings });
const change = (saleId: SaleId, how: "add" | "remove" | "replace", csv: string) =>
  call(`POST /api/admin/sales/${saleId}/guests`, { token: operator, body: { how, csv } });
const summaryOf = async (saleId: SaleId) =>
  (await call(`GET /api/admin/sales/${saleId}/guests`, { token: operator })).body as unknown as GuestSummary;
const invite = (saleId: SaleId, token: string, code?: string) =>
  call(`POST /api/sale/${saleId}/invitation`, { token, body: code === undefined ? {} : { code } });
const invitationOf = ({ body }: Awaited<ReturnType<typeof call>>) =>
  (body as unknown as InvitationAnswer).invitation;
const buy = (saleId: SaleId, token: string, invitation?: string) =>
  call("POST /api/sale/purchase", { token, key: crypto.randomUUID(), body: { saleId, invitation } });
const refused = (reason: string) => ({ status: 403, body: { kind: "not_eligible", guest: { reason } } });

async function signIn(email: string): Promise<string> {
  const asked = await call("POST /api/identity/code", { body: { email } });
  const { challenge } = asked.body as unknown as { challenge: string };
  const code = await codeFor(cloud.mailboxUrl, email);
  const body = { challenge, code, transport: "bearer" };
  const answer = await call("POST /api/identity/session", { body });
  return (answer.body as unknown as { token: string }).token;
}

const notOpen = (at: string) => ({ status: 403, body: { kind: "not_open", startsAt: at } });

describe("a sale for addresses", () => {
  test("is bought by who is on its list, in any alias of the mailbox, and by nobody else", async () => {
    const saleId = await aListedSale("addresses");
    expect(await change(saleId, "add", "address\nAda.L@gmail.com\nbob@example.com\n")).toMatchObject({
      status: 200,
      body: { listed: 2, came: 0 },
    });
    const ada = await signIn("adal+vip@gmail.com");
    const eve = await signIn("eve@example.com");

    expect(await buy(saleId, ada)).toMatchObject(refused("no_invitation"));
    expect(await invite(saleId, eve)).toMatchObject(refused("not_listed"));
    const asked = await invite(saleId, ada);
    expect(asked).toMatchObject({ status: 200, body: { tier: null } });
    // Signed for Ada, it is nothing in anybody else's hands.
    expect(await buy(saleId, eve, invitationOf(asked))).toMatchObject(refused("wrong_invitation"));
    expect(await buy(saleId, ada, invitationOf(asked))).toMatchObject({ status: 202 });
    expect(await summaryOf(saleId)).toMatchObject({ listed: 2, came: 1, buyers: 1 });
  });

  test("sells nothing more to who was taken off; a guest more voids nobody's invitation", async () => {
    const saleId = await aListedSale("addresses");
    await change(saleId, "replace", "address\nkim@example.com\nlea@example.com");
    const [kim, lea] = [await signIn("kim@example.com"), await signIn("lea@example.com")];
    const [ofKim, ofLea] = [await invite(saleId, kim), await invite(saleId, lea)].map(invitationOf);

    const { edition } = await summaryOf(saleId);
    expect(await change(saleId, "add", "address\nmia@example.com")).toMatchObject({
      body: { listed: 3, edition },
    });
    expect(await change(saleId, "remove", "address\nkim@example.com")).toMatchObject({ body: { listed: 2 } });
    for (const [token, invitation] of [
      [kim, ofKim],
      [lea, ofLea],
    ] as const)
      expect(await buy(saleId, token, invitation)).toMatchObject(refused("outdated"));
    expect(await invite(saleId, kim)).toMatchObject(refused("not_listed"));
    expect(await buy(saleId, lea, invitationOf(await invite(saleId, lea)))).toMatchObject({ status: 202 });
  });

  test("answers a repeat as the first time, whatever was said to others and became of the list since", async () => {
    const saleId = await aListedSale("addresses");
    await change(saleId, "add", "address\nned@example.com\nona@example.com");
    const ned = await signIn("ned@example.com");
    const key = crypto.randomUUID();
    const repeat = (invitation?: string) =>
      call("POST /api/sale/purchase", { token: ned, key, body: { saleId, invitation } });
    const first = await repeat(invitationOf(await invite(saleId, ned)));
    expect(first).toMatchObject({ status: 202 });
    await change(saleId, "remove", "address\nned@example.com");
    expect(await buy(saleId, tokenOf(aBuyer()))).toMatchObject(refused("no_invitation"));
    expect(await buy(saleId, tokenOf(aBuyer()))).toMatchObject(refused("no_invitation"));
    const { orderId } = first.body as unknown as { orderId: string };
    for (const invitation of [undefined, "of.somebody"])
      expect(await repeat(invitation)).toMatchObject({ body: { orderId } });
  });

  test("goes out as it came in, to operators alone, and a file with wrong lines changes nothing", async () => {
    const saleId = await aListedSale("addresses");
    await change(saleId, "add", "address\nzoe@example.com\nAnn@Example.com");
    const wrong = await change(saleId, "replace", "address\nada@example.com\nnobody\nada@example.com");
    expect(wrong).toMatchObject({
      status: 400,
      body: {
        errors: [
          { field: "csv:3", message: "must be an e-mail address" },
          { field: "csv:4", message: "is the same guest as line 2" },
        ],
      },
    });
    const path = `GET /api/admin/sales/${saleId}/guests?format=csv`;
    const file = await call(path, { token: operator });
    expect(file.text).toBe("address,tier,came\r\nAnn@Example.com,,0\r\nzoe@example.com,,0\r\n");
    expect(await call(path, { token: tokenOf(aBuyer(), "viewer") })).toMatchObject({ status: 403 });
    expect(await change(saleId, "replace", file.text)).toMatchObject({ status: 200, body: { listed: 2 } });
  });
});

describe("a sale for codes", () => {
  test("lets a code in as often as it is for, bound to who came with it", async () => {
    const saleId = await aListedSale("codes");
    await change(saleId, "add", "code,uses\nONLY-ONE1,1\nFOR-TWO22,2");
    const [ada, bob, cem] = [tokenOf(aBuyer()), tokenOf(aBuyer()), tokenOf(aBuyer())] as const;
    expect(await invite(saleId, ada)).toMatchObject(refused("no_code"));
    // Of two who come at once with a code for one, one comes.
    const both = await Promise.all([ada, bob].map((token) => invite(saleId, token, "only one1")));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    const [first, second] = both[0]!.status === 200 ? [ada, bob] : [bob, ada];
    // Without the code, and on another device: bound is bound.
    expect(await invite(saleId, first)).toMatchObject({ status: 200 });
    expect(await invite(saleId, second, "ONLYONE1")).toMatchObject(refused("used"));
    for (const token of [second, cem])
      expect(await invite(saleId, token, "fortwo22")).toMatchObject({ status: 200 });
    expect(await invite(saleId, tokenOf(aBuyer()), "fortwo22")).toMatchObject(refused("used"));
    expect(await summaryOf(saleId)).toMatchObject({ listed: 2, came: 2, buyers: 3 });
    // Another list forgets nobody.
    await change(saleId, "replace", "code\nONLYONE1");
    expect(await invite(saleId, second, "ONLYONE1")).toMatchObject(refused("used"));
  });

  test("cannot be guessed at will", async () => {
    const saleId = await aListedSale("codes");
    await change(saleId, "add", "code\nRIGHT-ONE");
    const token = tokenOf(aBuyer());
    for (let guess = 0; guess < 10; guess++)
      expect(await invite(saleId, token, `WRONG${guess}`)).toMatchObject(refused("wrong_code"));
    const limited = await invite(saleId, token, "RIGHTONE");
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await invite(saleId, tokenOf(aBuyer()), "RIGHTONE")).toMatchObject({ status: 200 });
  });
});

test("guests on a tier buy before the opening, and the public page says from when", async () => {
  const startsAt = "2100-01-01T00:00:00.000Z";
  const tiers = [
    { name: "Gold", startsAt: "2026-01-01T00:00:00.000Z" },
    { name: "Silver", startsAt: "2099-01-01T00:00:00.000Z" },
  ];
  const guests = { kind: "listed_first", by: "codes", tiers } as const;
  const saleId = await newSale({ startsAt, guests });
  const summary = await change(saleId, "add", "code,tier\nGOLDEN-11,Gold\nSILVER-11,silver\nPLAIN-111,");
  expect(summary).toMatchObject({
    body: {
      listed: 3,
      tiers: [
        { name: "Gold", listed: 1, came: 0 },
        { name: "Silver", listed: 1 },
      ],
    },
  });
  const status = await call(`GET /api/sale/status/${saleId}`);
  expect(status.body).toMatchObject({ phase: "scheduled", startsAt, guests });
  const come = async (code: string) => {
    const token = tokenOf(aBuyer());
    const { body } = await invite(saleId, token, code);
    const { invitation, tier } = body as unknown as InvitationAnswer;
    return { tier, bought: await buy(saleId, token, invitation) };
  };
  expect(await come("GOLDEN-11")).toMatchObject({ tier: tiers[0], bought: { status: 202 } });
  expect(await come("SILVER-11")).toMatchObject({ tier: tiers[1], bought: notOpen(tiers[1]!.startsAt) });
  expect(await come("PLAIN-111")).toMatchObject({ tier: null, bought: notOpen(startsAt) });
  expect(await buy(saleId, tokenOf(aBuyer()))).toMatchObject(notOpen(startsAt));
  // Once the first tier has begun, what they rely on stays.
  const moved = await operate(saleId, { guests: { ...guests, tiers: tiers.slice(1) } });
  expect(moved).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("tiers can no longer be changed") },
  });
});

test("a line is joined by guests alone, and everybody's sale is not closed to who has joined", async () => {
  const line = {
    startsAt: new Date(Date.now() + 3_600_000).toISOString(),
    mode: {
      kind: "waiting_room",
      closesAt: new Date(Date.now() + 1_800_000).toISOString(),
      admissionsPerSecond: 5,
      mostInside: 20,
    },
  } as const;
  const saleId = await aListedSale("codes", line);
  await change(saleId, "add", "code\nWELCOME-1");
  const token = tokenOf(aBuyer());
  const join = (invitation?: string) =>
    call(`POST /api/sale/${saleId}/line/entry`, { token, body: { invitation } });
  expect(await join()).toMatchObject(refused("no_invitation"));
  expect(await join("forged.one")).toMatchObject(refused("wrong_invitation"));
  expect(await join(invitationOf(await invite(saleId, token, "WELCOME-1")))).toMatchObject({ status: 201 });

  const everybody = await newSale(line);
  expect(await invite(everybody, token)).toMatchObject({ status: 409 });
  await call(`POST /api/sale/${everybody}/line/entry`, { token, body: {} });
  const narrowed = await operate(everybody, { guests: { kind: "listed", by: "codes" } });
  expect(narrowed).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("people have joined") },
  });
});

test("without script a code is typed in on the sale's page, which then offers to buy", async () => {
  const saleId = await aListedSale("codes");
  await change(saleId, "add", "code\nON-PAPER1");
  const token = tokenOf(aBuyer());
  const page = async () => (await call(`GET /plain/en/sale/${saleId}`, { token })).text;
  expect(await page()).toContain('action="/plain/en/invitation"');
  expect(await page()).not.toContain('action="/plain/en/purchase"');
  const used = await fetch(`${cloud.apiUrl}/plain/en/invitation`, {
    method: "POST",
    redirect: "manual",
    headers: { authorization: `Bearer ${token}`, origin: cloud.apiUrl, host: new URL(cloud.apiUrl).host },
    body: new URLSearchParams({ saleId, code: "on paper1" }),
  });
  expect([used.status, used.headers.get("location")]).toEqual([303, `/plain/en/sale/${saleId}`]);
  expect(await page()).toContain('name="invitation"');
  expect(await page()).toContain("You are on the list.");
});

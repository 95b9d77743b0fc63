import { afterAll, expect, test } from "vitest";
import { goAsksClient } from "../../core/clients/go-asks.ts";
import { guardDependencies } from "../../core/clients/guard-dependencies.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { PreflightReport } from "../../core/contract/preflight.ts";
import { schedules } from "../../core/topology.ts";
import { closeClients } from "../../core/opened.ts";
import { goDuty } from "../../core/preflight/ask-for-go.ts";
import { ADMIN_EMAIL, OPERATOR_EMAIL, VIEWER_EMAIL } from "../../local/environment.ts";
import { tellStaff } from "../../core/people/tell-staff.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale, operate } = testApi(cloud.apiUrl);
afterAll(closeClients);

const operator = tokenOf(aBuyer(), "operator");
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its route answers
const bodyOf = <T>({ body }: { body: unknown }) => body as T;
const opensIn = (minutes: number) =>
  newSale({ startsAt: new Date(Date.now() + minutes * 60_000).toISOString() });
const look = async (saleId: string) =>
  bodyOf<PreflightReport>(await call(`GET /api/admin/sales/${saleId}/preflight`, { token: operator }));
const goOf = async (saleId: string) => (await look(saleId)).go;
const decide = async (saleId: string, body: object, token = operator) => {
  // Of no sale there is none.
  const { revision }: Partial<PreflightReport> = await look(saleId);
  return call(`POST /api/admin/sales/${saleId}/go`, { token, body: { revision: revision ?? 0, ...body } });
};
const send = () => cloud.runner.invoke(schedules.staffMails, {}) as Promise<number>;
const asked = async (saleId: string) => {
  const all = await Promise.all(
    [ADMIN_EMAIL, OPERATOR_EMAIL, VIEWER_EMAIL].map(async (email) => {
      const answer = await fetch(`${cloud.mailboxUrl}/api?to=${encodeURIComponent(email)}`);
      const { mails } = (await answer.json()) as { mails: { text: string }[] };
      return mails.filter(({ text }) => text.includes(saleId)).length;
    }),
  );
  return all;
};
const sendMail = async () => {
  throw new Error("nobody is asked");
};
const goMail = () => ({ subject: "", text: "" });
const WHY = { note: "no guardian runs in this test" };

test("go or no-go is recorded with who, when and what the preflight said, and shown until something changes", async () => {
  const saleId = await opensIn(60);
  expect(await goOf(saleId)).toEqual({ latest: null, standing: "missing", changes: [], isAsked: false });
  expect((await decide(saleId, { decision: "go" }, tokenOf(aBuyer(), "viewer"))).status).toBe(403);
  // Nobody guards here: the preflight speaks against it, and a go needs a reason.
  expect(await decide(saleId, { decision: "go" })).toMatchObject({
    status: 400,
    body: { errors: [{ field: "note" }] },
  });
  const answer = await decide(saleId, { decision: "go", ...WHY });
  expect(answer).toMatchObject({ status: 201, body: { verdict: "no_go", go: { standing: "stands" } } });
  expect(await goOf(saleId)).toMatchObject({
    latest: { decision: "go", ...WHY, actorRole: "operator", verdict: "no_go" },
    standing: "stands",
    isAsked: false,
  });
  await operate(saleId, { name: "Another name" });
  expect(await goOf(saleId)).toMatchObject({ standing: "changed", changes: ["settings"] });
  await decide(saleId, { decision: "no_go" });
  expect(await goOf(saleId)).toMatchObject({ latest: { decision: "no_go" }, standing: "no_go" });
  const { entries } = bodyOf<AuditLog>(
    await call(`GET /api/admin/sales/${saleId}/audit`, { token: operator }),
  );
  expect(entries.filter(({ action }) => action === "go_decided")).toMatchObject([
    { before: { decision: "go" }, after: { decision: "no_go", note: null } },
    { before: { decision: null }, after: { decision: "go", verdict: "no_go", ...WHY } },
  ]);
});

test("a decision is for the settings that were seen: of a sale that was changed since there is none", async () => {
  const saleId = await opensIn(60);
  const { revision } = await look(saleId);
  await operate(saleId, { name: "Another name" });
  const answer = await decide(saleId, { decision: "go", revision, ...WHY });
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining("look again") } });
  expect((await goOf(saleId)).latest).toBeNull();
  expect((await decide(saleId, { decision: "go", revision: undefined, ...WHY })).status).toBe(400);
});

test("there is nothing to decide of a draft, of a sale that has begun, or of none", async () => {
  const draft = await newSale({ visibility: "draft", startsAt: "2100-01-01T00:00:00.000Z" });
  for (const saleId of [draft, await newSale()])
    expect(await decide(saleId, { decision: "no_go" })).toMatchObject({ status: 409 });
  expect((await decide("sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD", { decision: "no_go" })).status).toBe(404);
});

test("in the last ten minutes whoever may decide is asked, by mail once, and in the console until a go stands", async () => {
  const [open, decided, later] = [await opensIn(9), await opensIn(9), await opensIn(11)];
  await decide(decided, { decision: "go", ...WHY });
  expect([(await goOf(open)).isAsked, (await goOf(decided)).isAsked, (await goOf(later)).isAsked]).toEqual([
    true,
    false,
    false,
  ]);
  const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
  const deps = { ...(await guardDependencies()), goAsks: await goAsksClient(config) };
  /** Another guardian each time: none remembers that it has asked. */
  const guard = () => goDuty(deps)();
  await guard();
  expect(await send()).toBe(2);
  await guard();
  expect(await send()).toBe(0);
  expect([await asked(open), await asked(decided), await asked(later)]).toEqual([
    [1, 1, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  // Something changes after the go: that is asked about, too.
  await operate(decided, { name: "Changed since" });
  await guard();
  expect([await send(), await asked(decided)]).toEqual([2, [1, 1, 0]]);
  // It is changed again: that is another question.
  await operate(decided, { name: "Changed again" });
  await guard();
  expect([await send(), await asked(decided)]).toEqual([2, [2, 2, 0]]);
  // Somebody decides before the mails go: nobody is asked about what is settled.
  await operate(decided, { name: "Changed a third time" });
  await guard();
  await decide(decided, { decision: "go", ...WHY });
  await guard();
  expect([await send(), await asked(decided)]).toEqual([0, [2, 2, 0]]);
  // The guardian has not looked for minutes: the sale may have been put off since.
  const late = await opensIn(9);
  await guard();
  const minutes = { ...systemClock, nowMs: () => Date.now() + 3 * 60_000 };
  const nobody = {
    rolls: { read: async () => ({ version: 0, people: [], unwritten: [] }) },
    sendMail,
    goMail,
  };
  const warned: string[] = [];
  const warn = (text: string) => void warned.push(text);
  const fixed = new Map([["a@example.com", "admin" as const]]);
  await tellStaff({ ...deps, ...nobody, clock: minutes, fixed, warn });
  expect([warned, await send(), await asked(late)]).toEqual([[], 2, [1, 1, 0]]);
  // Once it has opened nobody is asked; an hour later the note of it is gone.
  const removed: string[] = [];
  const clock = { ...systemClock, nowMs: () => Date.now() + 2 * 3_600_000 };
  const goAsks = {
    ...deps.goAsks,
    remove: async ({ saleId }: { saleId: string }) => void removed.push(saleId),
  };
  const telling = {
    ...deps,
    goAsks,
    clock,
    sendMail,
    rolls: { read: async () => ({ version: 0, people: [], unwritten: [] }) },
  };
  expect(await tellStaff({ ...telling, fixed: new Map([["a@example.com", "admin"]]), goMail })).toBe(0);
  expect([...new Set(removed)].toSorted()).toEqual([open, decided, late].toSorted());
});

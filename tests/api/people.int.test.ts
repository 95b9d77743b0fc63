import { describe, expect, test } from "vitest";
import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { awsClientSettings } from "../../core/aws/sdk-settings.ts";
import type { ActPage, AuditLog } from "../../core/contract/audit.ts";
import type { DeadLetterList } from "../../core/contract/dead-letters.ts";
import type { ApiKeyList, NewApiKey } from "../../core/contract/api-keys.ts";
import type { People, PeopleChanged } from "../../core/contract/people.ts";
import { roles } from "../../core/contract/identity.ts";
import { routes } from "../../core/contract/routes.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { emptyRoll } from "../../core/identity/staff-roll.ts";
import { createStaffRolls } from "../../core/identity/staff-roll.dynamo.ts";
import { changeRole, writeActs } from "../../core/people/change-role.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { ADMIN_EMAIL } from "../../local/environment.ts";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { pictureUpload } from "../support/picture-files.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { aBuyer, NOW_MS } from "../support/test-sale.ts";
import { afterAll } from "vitest";

const cloud = await testCloud();
const { call, newSale } = testApi(cloud.apiUrl);
const { cancel } = testCancel(cloud.apiUrl);
const admin = tokenOf(aBuyer(), "admin");
const db = connectDatabase(cloud.databaseUrl);
const dynamo = openDynamo(cloud.dynamoEndpoint);
const rolls = createStaffRolls(dynamo, cloud.identityTable);
afterAll(async () => {
  dynamo.close();
  await db.destroy();
});

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its route answers
const bodyOf = <T>({ body }: { body: unknown }) => body as T;
const give = (email: string, role: string, token = admin) =>
  call("POST /api/admin/people", { token, body: { email, role } });
const acts = async () => bodyOf<ActPage>(await call("GET /api/admin/acts", { token: admin })).entries;
const peopleNow = async () =>
  bodyOf<People>(await call("GET /api/admin/people", { token: admin })).people.map(
    ({ email, role, isFixed }) => [email, role, isFixed] as const,
  );

describe("roles", () => {
  test("which routes are for admins alone", () => {
    const forAdmins = Object.entries(routes).filter(([, route]) => "role" in route && route.role === "admin");
    expect(forAdmins.map(([name]) => name)).toEqual(expect.arrayContaining(["people", "changeRole", "acts"]));
  });

  test("taken away: the API keys that whoever had it made are named, and go on until they are revoked", async () => {
    const email = "maker@example.com";
    await give(email, "admin");
    const token = await signIn(cloud, email);
    const body = { name: "Shop", scopes: ["sales:write"] };
    const made = await call("POST /api/admin/keys", { token, body });
    const { key, secret } = bodyOf<NewApiKey>(made);
    expect(key).toMatchObject({ createdByEmail: email });
    const listed = await call("GET /api/admin/keys", { token: admin });
    expect(bodyOf<ApiKeyList>(listed).keys).toMatchObject([{ keyId: key.keyId, createdByEmail: email }]);
    const keysLeft = [{ keyId: key.keyId, name: "Shop" }];
    expect(bodyOf<PeopleChanged>(await give(email, "shopper"))).toMatchObject({ keysLeft });
    const sales = () => call("GET /api/admin/sales", { token: secret });
    expect((await sales()).status).not.toBe(401);
    expect((await call(`DELETE /api/admin/keys/${key.keyId}`, { token: admin })).status).toBe(204);
    expect((await sales()).status).toBe(401);
    expect(bodyOf<PeopleChanged>(await give(email, "viewer"))).toMatchObject({ keysLeft: [] });
    await give(email, "shopper");
  });

  test("are seen and changed by admins alone", async () => {
    for (const role of roles.filter((other) => other !== "admin")) {
      const token = tokenOf(aBuyer(), role);
      expect((await call("GET /api/admin/people", { token })).status).toBe(403);
      expect((await call("GET /api/admin/acts", { token })).status).toBe(403);
      expect((await give("eve@example.com", "admin", token)).status).toBe(403);
    }
    expect((await rolls.read()).people).toEqual([]);
  });

  test("are given, hold at once when lowered or taken, and each act says who, what, before and after", async () => {
    const email = "olaf@example.com";
    expect(await give(" Olaf@Example.com", "admin")).toMatchObject({ status: 200 });
    const olaf = await signIn(cloud, email);
    const look = (route: string) => call(route, { token: olaf }).then(({ status }) => status);
    const both = () => Promise.all([look("GET /api/admin/people"), look("GET /api/admin/sales")]);
    expect(await both()).toEqual([200, 200]);
    await give(email, "viewer");
    expect(await both()).toEqual([403, 200]);
    await give(email, "shopper");
    expect(await both()).toEqual([403, 403]);
    expect(await look("GET /api/orders")).toBe(200);
    // Given again, it holds for the session that began with as much.
    await give(email, "operator");
    expect(await both()).toEqual([403, 200]);
    const changes = (await acts()).filter(({ after }) => after["email"] === email);
    expect(changes.map(({ action, before, after }) => [action, before["role"], after["role"]])).toEqual([
      ["role_changed", "shopper", "operator"],
      ["role_changed", "viewer", "shopper"],
      ["role_changed", "admin", "viewer"],
      ["role_changed", "shopper", "admin"],
    ]);
    for (const { actorRole, requestId } of changes)
      expect([actorRole, requestId]).toEqual(["admin", expect.any(String)]);
    await give(email, "shopper");
  });

  test("of STAFF hold against the console, and the last admin stays", async () => {
    expect(await give(ADMIN_EMAIL, "viewer")).toMatchObject({ status: 409, body: { kind: "conflict" } });
    expect(await peopleNow()).toContainEqual([ADMIN_EMAIL, "admin", true]);
    const nobody = new Map();
    const deps = { db, rolls, fixed: nobody, warn: () => {} };
    const actor = { buyerId: aBuyer(), role: "admin", requestId: "r" } as const;
    const to = (email: string, role: "admin" | "shopper", by?: string) =>
      changeRole(deps, { email, role }, actor, NOW_MS, (all) => by === undefined || all.get(by) === "admin");
    expect((await to("ann@example.com", "admin")).kind).toBe("changed");
    expect(await to("ann@example.com", "shopper")).toEqual({ kind: "last_admin" });
    // Two admins who take each other's role at once: one of them stays.
    await to("bob@example.com", "admin");
    const both = await Promise.all([to("ann@example.com", "shopper"), to("bob@example.com", "shopper")]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["changed", "last_admin"]);
    expect((await rolls.read()).people.filter(({ role }) => role === "admin")).toHaveLength(1);
    // Whoever lost the role in that moment changes nothing any more, though others are left.
    const three = ["ann@example.com", "bob@example.com", "cleo@example.com"] as const;
    for (const email of three) await to(email, "admin");
    const [ann, bob] = three;
    const crossed = await Promise.all([to(ann, "shopper", bob), to(bob, "shopper", ann)]);
    expect(crossed.map(({ kind }) => kind).toSorted()).toEqual(["changed", "not_admin"]);
    expect((await rolls.read()).people.filter(({ role }) => role === "admin")).toHaveLength(2);
  });

  test("are changed while PostgreSQL is silent; the acts come into the log later, each once", async () => {
    const silent = connectDatabase("postgres://nobody:wrong@127.0.0.1:1/none");
    const warned: string[] = [];
    const deps = { db: silent, rolls, fixed: new Map(), warn: (text: string) => void warned.push(text) };
    const actor = { buyerId: aBuyer(), role: "admin", requestId: "while-silent" } as const;
    await changeRole(deps, { email: "kim@example.com", role: "viewer" }, actor, NOW_MS, () => true);
    await silent.destroy();
    expect(warned).toHaveLength(1);
    const waiting = await rolls.read();
    expect(waiting.unwritten).toMatchObject([{ after: { email: "kim@example.com" } }]);
    const written = { ...deps, db };
    // Cut off between the log and the roll: it is told again.
    await writeActs({ ...written, rolls: { ...rolls, swap: async () => false } }, waiting);
    await writeActs(written, waiting);
    expect((await rolls.read()).unwritten).toEqual([]);
    expect((await acts()).filter(({ requestId }) => requestId === "while-silent")).toHaveLength(1);
  });

  test("are read as none before any was given", () => expect(emptyRoll.people).toEqual([]));
});

test("units are taken off sale by an admin alone", async () => {
  const order = { saleId: await newSale(), orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as never };
  const asked = (role: "operator" | "admin") => cancel(order, { isWithheld: true }, { role });
  expect(await asked("operator")).toMatchObject({ status: 403, body: { kind: "forbidden" } });
  expect((await asked("admin")).status).toBe(404);
});

test("a picture that is stored is in the log, with who stored it", async () => {
  const token = tokenOf(aBuyer(), "operator");
  const { body } = await call("POST /api/admin/pictures", { token, body: pictureUpload() });
  const { id } = body as unknown as { id: string };
  const stored = (await acts()).find(({ action }) => action === "picture_stored");
  expect(stored).toMatchObject({ actorRole: "operator", before: {}, after: { picture: id, format: "webp" } });
});

test("stuck messages are listed and sent again from the console, and the log says by whom", async () => {
  const sqs = new SQSClient(awsClientSettings(cloud.sqsEndpoint));
  await sqs.send(new SendMessageCommand({ QueueUrl: cloud.orderDeadLettersUrl, MessageBody: "{}" }));
  sqs.destroy();
  const token = tokenOf(aBuyer(), "operator");
  expect((await call("GET /api/admin/dead-letters", { token: tokenOf(aBuyer(), "viewer") })).status).toBe(
    403,
  );
  const { letters } = bodyOf<DeadLetterList>(await call("GET /api/admin/dead-letters", { token }));
  expect(letters).toMatchObject([{ orderId: null, receives: expect.any(Number) }]);
  const messageIds = letters.map(({ messageId }) => messageId);
  const redrive = "POST /api/admin/dead-letters/redrive";
  expect(await call(redrive, { token, body: { messageIds: ["another"] } })).toMatchObject({
    status: 200,
    body: { moved: [] },
  });
  expect(await call(redrive, { token, body: { messageIds } })).toMatchObject({
    status: 200,
    body: { moved: messageIds },
  });
  const redriven = (await acts()).filter(({ action }) => action === "dead_letters_redriven");
  expect(redriven).toMatchObject([
    { actorRole: "operator", before: { deadLetters: 1 }, after: { messages: 1 } },
  ]);
});

test("what was done to a sale is not among them", async () => {
  const saleId = await newSale({ name: "Not an act" });
  const ofSale = bodyOf<AuditLog>(await call(`GET /api/admin/sales/${saleId}/audit`, { token: admin }));
  expect(ofSale.entries).toMatchObject([{ action: "created", actorName: null }]);
  expect((await acts()).map(({ action }) => action)).not.toContain("created");
});

import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, describe, expect, test } from "vitest";
import { awsClientSettings } from "../../core/aws/sdk-settings.ts";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { StoredPicture } from "../../core/contract/picture.ts";
import { pictureUrl, renditionsOf } from "../../core/contract/renditions.ts";
import type { SaleStatus } from "../../core/contract/sale.ts";
import { testCloud } from "../support/cloud.ts";
import { pictureUpload, webpFile } from "../support/picture-files.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer, aPicture } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale, operate } = testApi(cloud.apiUrl);
const { snapshotOf } = testSnapshots(cloud);
const operator = tokenOf(aBuyer(), "operator");
const dynamo = new DynamoDBClient(awsClientSettings(cloud.dynamoEndpoint));
afterAll(() => dynamo.destroy());

const UPLOAD = "POST /api/admin/pictures";
const upload = (body: unknown, token: string | undefined = operator) => call(UPLOAD, { token, body });
const storedItems = async () =>
  (await dynamo.send(new ScanCommand({ TableName: cloud.pictureTable, Select: "COUNT" }))).Count;
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its route answers
const bodyOf = <T>({ body }: { body: unknown }) => body as T;

async function store(body = pictureUpload()): Promise<StoredPicture> {
  const answer = await upload(body);
  expect(answer.status).toBe(201);
  return bodyOf(answer);
}

const shownOf = async (saleId: string) =>
  bodyOf<SaleStatus>(await call(`GET /api/sale/status/${saleId}`)).picture;

describe("storing a picture", () => {
  test("is for operators alone", async () => {
    const before = await storedItems();
    const roles = [undefined, "shopper", "viewer"] as const;
    const tokens = roles.map((role) => role && tokenOf(aBuyer(), role));
    const answers = await Promise.all(tokens.map((token) => call(UPLOAD, { token, body: pictureUpload() })));
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 403]);
    expect(await storedItems()).toBe(before);
  });

  test("answers the same picture for the same files", async () => {
    const first = await store();
    const before = await storedItems();
    expect(first).toMatchObject({ format: "webp", id: expect.stringMatching(/^pic_[0-9a-f]{40}$/) });
    expect(await store()).toEqual(first);
    expect(await storedItems()).toBe(before);
  });

  const { renditions, ...rest } = pictureUpload();
  const { "480.webp": small, ...others } = renditions;
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
  const tooLarge = "A".repeat(480_000);
  test.each<[string, object, string]>([
    ["no format", { renditions }, "format"],
    ["another format", { format: "svg", renditions }, "format"],
    ["no files", { format: "webp" }, "renditions"],
    ["one missing", { format: "webp", renditions: others }, "renditions.480.webp"],
    ["one more", { ...rest, renditions: { ...renditions, "480.svg": small } }, "renditions.480.svg"],
    [
      "a name that leads elsewhere",
      { ...rest, renditions: { ...renditions, "../x": small } },
      "renditions.../x",
    ],
    ["the files of the other format", { format: "jpeg", renditions }, "renditions.480.jpg"],
    [
      "no base64",
      { ...rest, renditions: { ...renditions, "480.webp": "data:image/webp" } },
      "renditions.480.webp",
    ],
    ["nothing in a file", { ...rest, renditions: { ...renditions, "480.webp": "" } }, "renditions.480.webp"],
    [
      "too large a file",
      { ...rest, renditions: { ...renditions, "1200.jpg": tooLarge } },
      "renditions.1200.jpg",
    ],
    ["a drawing", pictureUpload("webp", { "1200.jpg": svg }), "renditions.1200.jpg"],
    ["another size", pictureUpload("webp", { "480.webp": webpFile(481, 360) }), "renditions.480.webp"],
    ["a field of its own", { ...rest, renditions, contentType: "text/html" }, "contentType"],
  ])("refuses %s by its name, and keeps nothing", async (_, body, field) => {
    const before = await storedItems();
    const answer = await upload(body);
    expect(answer).toMatchObject({ status: 400, body: { kind: "invalid_request" } });
    expect(answer.body?.errors?.map((error) => error.field)).toContain(field);
    expect(await storedItems()).toBe(before);
  });

  test("refuses a body beyond the limit before it reads it, and other routes keep theirs", async () => {
    const tooLong = JSON.stringify({ format: "webp", renditions: { x: "A".repeat(2_000_000) } });
    expect(await call(UPLOAD, { token: operator, raw: tooLong })).toMatchObject({ status: 413 });
    const raw = JSON.stringify({ name: "x".repeat(20_000) });
    expect(await call("POST /api/admin/sales", { token: operator, key: "key-0001", raw })).toMatchObject({
      status: 413,
    });
  });
});

describe("showing a picture", () => {
  test.each(["webp", "jpeg"] as const)("each rendition of %s is what it says, for ever", async (format) => {
    const sent = pictureUpload(format);
    const picture = await store(sent);
    for (const rendition of renditionsOf(format)) {
      const response = await fetch(cloud.apiUrl + pictureUrl(picture, rendition));
      const bytes = Buffer.from(await response.arrayBuffer()).toString("base64");
      expect([response.status, bytes]).toEqual([200, sent.renditions[rendition.name]]);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": rendition.type,
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
      });
    }
  });

  test("what is not there is 404 and not kept; what is no picture's address is 400", async () => {
    const { id } = await store();
    for (const path of [`${aPicture.id}/480.webp`, `${id}/480.jpg`]) {
      const answer = await call(`GET /api/picture/${path}`);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([404, "no-store"]);
    }
    for (const path of [`${id}/480.svg`, `${id}/481.webp`, "pic_1/480.webp", `${id}/__proto__`])
      expect((await call(`GET /api/picture/${path}`)).status).toBe(400);
  });
});

describe("a sale's picture", () => {
  test("is given, described anew, and taken away; every store and the audit log say so", async () => {
    const { id } = await store();
    const saleId = await newSale({ picture: { id, alt: " A lamp " } });
    expect(await shownOf(saleId)).toEqual({ id, alt: "A lamp", format: "webp" });
    const { sales } = bodyOf<{ sales: SaleStatus[] }>(await call("GET /api/sales"));
    expect(sales.find((sale) => sale.saleId === saleId)?.picture).toEqual({
      id,
      alt: "A lamp",
      format: "webp",
    });

    await operate(saleId, { name: "Lamp" });
    expect(await shownOf(saleId)).toMatchObject({ id });
    const described = { id, alt: "A desk lamp" };
    expect(await operate(saleId, { picture: described })).toMatchObject({
      status: 200,
      body: { picture: { ...described, format: "webp" } },
    });
    const { row, copies } = await snapshotOf(saleId);
    expect(row).toMatchObject({ picture_id: id, picture_alt: "A desk lamp", picture_format: "webp" });
    expect(copies).toMatchObject([{ picture: { ...described, format: "webp" } }]);
    await operate(saleId, { picture: null });
    // The status is told from memory for a second.
    await expect.poll(() => shownOf(saleId), { timeout: 3_000 }).toBeNull();

    const { entries } = bodyOf<AuditLog>(
      await call(`GET /api/admin/sales/${saleId}/audit`, { token: operator }),
    );
    expect(entries.map(({ before, after }) => ({ before, after }))).toMatchObject([
      { before: { picture: id, pictureAlt: "A desk lamp" }, after: { picture: null, pictureAlt: null } },
      { before: { pictureAlt: "A lamp" }, after: { pictureAlt: "A desk lamp" } },
      { before: { name: "Sneaker" }, after: { name: "Lamp" } },
      { before: {}, after: { picture: id, pictureAlt: "A lamp" } },
    ]);
  });

  test("must be there, be described, and come by its id alone; what is wrong changes nothing", async () => {
    const { id } = await store();
    const saleId = await newSale({ picture: { id, alt: "A lamp" } });
    const before = await snapshotOf(saleId);
    const wrong: [unknown, string][] = [
      [{ id: aPicture.id, alt: "A lamp" }, "picture.id"],
      [{ id: "https://example.com/x.png", alt: "A lamp" }, "picture.id"],
      [{ id }, "picture.alt"],
      [{ id, alt: "  " }, "picture.alt"],
      [{ id, alt: "x".repeat(251) }, "picture.alt"],
      [{ id, alt: "A\nlamp" }, "picture.alt"],
      [{ id, alt: "A lamp", format: "jpeg" }, "picture.format"],
      ["pic", "picture"],
    ];
    for (const [picture, field] of wrong) {
      const changed = await operate(saleId, { picture });
      const created = await call("POST /api/admin/sales", {
        token: operator,
        key: crypto.randomUUID(),
        body: {
          name: "Lamp",
          priceMinor: 1,
          currency: "EUR",
          allocated: 1,
          startsAt: "2100-01-01T00:00:00.000Z",
          picture,
        },
      });
      for (const answer of [changed, created]) {
        expect([picture, answer.status]).toEqual([picture, 400]);
        expect(answer.body?.errors?.map((error) => error.field)).toEqual([field]);
      }
    }
    expect(await snapshotOf(saleId)).toEqual(before);
  });
});

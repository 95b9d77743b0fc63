import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, expect, test } from "vitest";
import { awsClientSettings } from "../aws/sdk-settings.ts";
import { jpegRendition } from "../contract/renditions.ts";
import type { PictureId } from "../ids.ts";
import { connectDatabase } from "../postgres/connect.postgres.ts";
import { pictureUpload, webpFile } from "../../tests/support/picture-files.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import { anActor, NOW_MS } from "../../tests/support/test-sale.ts";
import { createPictures } from "./pictures.dynamo.ts";
import { storePicture } from "./store-picture.ts";
import { withPicture } from "./with-picture.ts";

const { pictureTable, dynamoEndpoint, databaseUrl } = await testStores();
const db = connectDatabase(databaseUrl);
const pictures = createPictures(testDynamo(dynamoEndpoint), pictureTable);
const client = new DynamoDBClient(awsClientSettings(dynamoEndpoint));
afterAll(async () => {
  client.destroy();
  await db.destroy();
});

const items = async () => (await client.send(new ScanCommand({ TableName: pictureTable }))).Items ?? [];
const none = `pic_${"0".repeat(40)}` as PictureId;

async function store(upload: Parameters<typeof storePicture>[1], actor = anActor): Promise<PictureId> {
  const outcome = await storePicture({ pictures, db }, upload, actor, NOW_MS);
  if (outcome.kind !== "stored") throw new Error(JSON.stringify(outcome));
  return outcome.picture.id;
}

test("a picture comes back byte by byte; stored again by five at once it is the same, and keeps who was first", async () => {
  const upload = pictureUpload("jpeg");
  const id = await store(upload);
  const before = await items();
  const another = { ...anActor, requestId: "request-2" };
  const again = await Promise.all(Array.from({ length: 5 }, () => store(upload, another)));
  expect(new Set(again)).toEqual(new Set([id]));
  expect(await items()).toEqual(before);
  expect(before).toHaveLength(5);
  expect(before.find(({ pk }) => pk?.S === id)).toMatchObject({
    format: { S: "jpeg" },
    storedBy: { S: anActor.buyerId },
    requestId: { S: "request-1" },
  });
  const bytes = await pictures.file(id, jpegRendition.name);
  expect(Buffer.from(bytes!).toString("base64")).toBe(upload.renditions["1200.jpg"]);
  expect(await pictures.formatOf(id)).toBe("jpeg");
});

test("what was not stored is not there: a picture, and a rendition that a picture of the other format has", async () => {
  const id = await store(pictureUpload());
  expect([await pictures.formatOf(none), await pictures.file(none, "480.webp")]).toEqual([null, null]);
  expect([await pictures.file(id, "480.jpg"), (await pictures.file(id, "480.webp"))?.length]).toEqual([
    null,
    34,
  ]);
});

test("a wrong file leaves nothing behind, not even the right ones beside it", async () => {
  const before = await items();
  const upload = pictureUpload("webp", { "1440.webp": webpFile(1439, 1080) });
  expect(await storePicture({ pictures, db }, upload, anActor, NOW_MS)).toMatchObject({
    kind: "wrong_files",
  });
  expect(await items()).toEqual(before);
});

test("a sale's settings get the format of the picture that they name; a picture that is not there is told", async () => {
  const id = await store(pictureUpload());
  const name = "Lamp";
  expect(await withPicture(pictures, { name, picture: { id, alt: "A lamp" } })).toEqual({
    name,
    picture: { id, alt: "A lamp", format: "webp" },
  });
  expect(await withPicture(pictures, { name, picture: { id: none, alt: "A lamp" } })).toBeNull();
  expect(await withPicture(pictures, { name, picture: null })).toEqual({ name, picture: null });
  expect(await withPicture(pictures, { name, picture: undefined })).toEqual({ name });
});

import { DeleteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { imageDimensionsFromData } from "image-dimensions";
import { afterAll, expect, test } from "vitest";
import { awsClientSettings } from "../../core/aws/sdk-settings.ts";
import type { StoredPicture } from "../../core/contract/picture.ts";
import { pictureUrl, renditionsOf } from "../../core/contract/renditions.ts";
import type { SaleList, SaleStatus } from "../../core/contract/sale.ts";
import { localSession } from "../../load/local-session.ts";
import { callApi } from "../../local/call-api.ts";
import { pictureUpload, pngFile, webpFile } from "../support/picture-files.ts";
import { browserCloud, buyByApi, newSale } from "./browser-cloud.ts";
import { type Shopper, STATE_LIMIT_MS } from "./shopper.ts";
import { testShoppers } from "./test-shoppers.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud();
const newPerson = testShoppers(cloud);
const dynamo = new DynamoDBClient(awsClientSettings(cloud.dynamoEndpoint));
afterAll(() => dynamo.destroy());

/** Of an `img` element; these tests are typed without a DOM. */
type Picture = { complete: boolean; naturalWidth: number; currentSrc: string; loading: string };

const PLACE = "taken at 52.5200 N 13.4050 E";
const photo = { name: "kettle.png", mimeType: "image/png", buffer: pngFile(1600, 1200, PLACE) };
const ALT = "A red enamel kettle";
const operator = () => newPerson({ token: localSession("operator").token });
const fileField = ({ page }: Shopper) => page.getByLabel("File (JPEG, PNG, WebP or AVIF)");
const altField = ({ page }: Shopper) => page.getByLabel("What the picture shows");
const isReady = ({ page }: Shopper) =>
  page.getByText(/^Cropped and encoded in all sizes: \d+ KB\./).waitFor();

async function saleNamed(name: string): Promise<SaleStatus> {
  const { sales } = await callApi<SaleList>(cloud.apiUrl, "GET /api/sales");
  const sale = sales.find((listed) => listed.name === name);
  if (!sale) throw new Error(`There is no sale ${name}.`);
  return sale;
}

/** Fills the form for a new sale as far as it must be. */
async function describe(person: Shopper, name: string): Promise<void> {
  const { page, open } = person;
  await open("/admin/edit/");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price of one unit").fill("49.90");
  await page.getByLabel("Allocated units").fill("7");
  await page.getByLabel("Starts").fill("2026-01-15T10:00:00");
}

async function save({ page, part }: Shopper): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await part("pause").waitFor();
}

/** A sale with a picture that is stored already. */
async function pictured(name: string, upload = pictureUpload()): Promise<[string, StoredPicture]> {
  const { token } = localSession("operator");
  const stored = await callApi<StoredPicture>(cloud.apiUrl, "POST /api/admin/pictures", {
    token,
    body: upload,
  });
  return [await newSale(cloud, { name, picture: { id: stored.id, alt: ALT } }), stored];
}

/** Records, before the page's own scripts, every part of the page that moves; see `shifts`. */
const watchShifts = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries())
      shifts.push(...sources.map(({ node }) => node?.dataset?.part ?? node?.className ?? node?.nodeName));
  }).observe({ type: "layout-shift", buffered: true });
`;

/** Which rendition the page shows, once it is there. */
async function shownRendition({ page }: Shopper, alt = ALT): Promise<string> {
  const image = page.getByRole("img", { name: alt }).first();
  await image.waitFor();
  const source = () =>
    image.evaluate(
      ({ complete, naturalWidth, currentSrc }: Picture) => complete && naturalWidth > 0 && currentSrc,
    );
  await expect.poll(source, { timeout: STATE_LIMIT_MS }).toBeTruthy();
  return (
    String(await source())
      .split("/")
      .at(-1) ?? ""
  );
}

test("an operator chooses a picture, sees it, must describe it; what is stored tells nothing of where it was taken", async () => {
  const person = await operator();
  const { page, part } = person;
  await describe(person, "Enamel kettle");
  for (const [buffer, message] of [
    [Buffer.from("no picture"), "This file cannot be read as a picture. Choose a JPEG, PNG, WebP or AVIF."],
    [
      pngFile(1600, 1000),
      "This picture has 1600 × 1000 pixels. Cropped to 4:3 it must have at least 1440 × 1080.",
    ],
  ] as const) {
    await fileField(person).setInputFiles({ ...photo, buffer });
    await page.getByRole("alert").getByText(message).waitFor();
    expect(await part("picture-preview").isVisible()).toBe(false);
  }
  await fileField(person).setInputFiles(photo);
  await isReady(person);
  const box = await part("picture-preview").boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(4 / 3, 2);
  expect(await violations(person)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await altField(person).and(page.locator(":focus:invalid")).waitFor();
  await altField(person).fill(ALT);
  await page.getByRole("img", { name: ALT }).waitFor();
  await page.keyboard.press("Enter");
  await part("pause").waitFor();

  const { picture } = await saleNamed("Enamel kettle");
  expect(picture).toMatchObject({ alt: ALT, format: "webp" });
  for (const rendition of renditionsOf("webp")) {
    const response = await fetch(cloud.siteUrl + pictureUrl(picture!, rendition));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { width, height } = rendition;
    expect(imageDimensionsFromData(bytes)).toMatchObject({ width, height });
    expect(Buffer.from(bytes).toString("latin1")).not.toContain(PLACE);
  }
});

test("a browser that cannot encode WebP sends JPEG; a save that got no answer is sent again as it was", async () => {
  const person = await operator();
  const { page } = person;
  // As Safari does.
  await page.addInitScript(`
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (done, type, quality) {
      return toBlob.call(this, done, type === "image/webp" ? "image/png" : type, quality);
    };
  `);
  await describe(person, "Steel kettle");
  await fileField(person).setInputFiles(photo);
  await altField(person).fill(ALT);
  await page.route("**/api/admin/pictures", (route) => route.abort());
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^No answer came\./).waitFor();
  await page.unroute("**/api/admin/pictures");
  await save(person);
  expect((await saleNamed("Steel kettle")).picture).toMatchObject({ alt: ALT, format: "jpeg" });
  await person.open(`/sale/${(await saleNamed("Steel kettle")).saleId}`);
  expect(await shownRendition(person)).toBe("960.jpg");
});

test("a picture goes along with a clone, is replaced, and is removed", async () => {
  const [saleId, first] = await pictured("Copper kettle");
  const person = await operator();
  const { page, part, open } = person;
  await open(`/admin/edit/?clone=${saleId}`);
  await page.getByRole("img", { name: ALT }).waitFor();
  await page.getByLabel("Starts").fill("2026-01-15T10:00:00");
  await page.getByLabel("Who sees it").selectOption("listed");
  await save(person);
  const clone = await saleNamed("Copy of Copper kettle");
  expect(clone.picture).toEqual({ id: first.id, alt: ALT, format: "webp" });

  await open(`/admin/edit/?id=${clone.saleId}`);
  await page.getByRole("img", { name: ALT }).waitFor();
  await fileField(person).setInputFiles({ ...photo, buffer: Buffer.from("no picture") });
  await page.getByText(/cannot be read as a picture/).waitFor();
  await fileField(person).setInputFiles(photo);
  await isReady(person);
  await save(person);
  await expect
    .poll(async () => (await saleNamed(clone.name)).picture)
    .toMatchObject({ alt: ALT, id: expect.not.stringMatching(first.id) });

  await open(`/admin/edit/?id=${clone.saleId}`);
  await page.getByRole("img", { name: ALT }).waitFor();
  await part("picture-remove").press("Enter");
  await fileField(person).and(page.locator(":focus")).waitFor();
  await save(person);
  // The list is a second old at most.
  await expect.poll(async () => (await saleNamed(clone.name)).picture).toBeNull();
  expect((await saleNamed("Copper kettle")).picture?.id).toBe(first.id);
});

test.each([
  ["a phone", { width: 390, height: 844 }, 1, "480.webp", "480.webp"],
  ["a phone of three pixels to a point", { width: 390, height: 844 }, 3, "960.webp", "960.webp"],
  ["a desktop", { width: 1280, height: 800 }, 1, "960.webp", "960.webp"],
  ["a desktop of two pixels to a point", { width: 1280, height: 800 }, 2, "1440.webp", "1440.webp"],
] as const)(
  "%s gets what it can show and no more, and nothing moves",
  async (_, viewport, scale, onSale, onList) => {
    const [saleId] = await pictured("Kettle");
    const shopper = await newPerson({ viewport, deviceScaleFactor: scale });
    const { page, part, open } = shopper;
    await page.addInitScript(watchShifts);
    const addresses: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/picture/")) addresses.push(request.url().split("/").at(-1)!);
    });
    await open(`/sale/${saleId}`);
    expect(await shownRendition(shopper)).toBe(onSale);
    expect(addresses).toEqual([onSale]);
    expect(await page.evaluate("shifts")).toEqual([]);
    if (scale === 1) expect(await violations(shopper)).toEqual([]);
    await open("/");
    expect(await shownRendition(shopper)).toBe(onList);
    const waits = await part("sale-card")
      .locator("img")
      .evaluateAll((images: Picture[]) => images.map(({ loading }) => loading));
    expect(waits).toEqual(["auto", ...waits.slice(1).map(() => "lazy")]);
    expect(await page.evaluate("shifts")).toEqual([]);
    if (scale === 1) expect(await violations(shopper)).toEqual([]);
  },
);

test("the CDN asks for a picture once; the receipt, the list of orders and the page without script show it too", async () => {
  const [saleId, picture] = await pictured("Iron kettle", pictureUpload("jpeg"));
  const url = cloud.siteUrl + pictureUrl(picture, renditionsOf("jpeg")[0]!);
  const seen = [await fetch(url), await fetch(`${url}?another`)].map(({ headers }) => headers.get("x-cache"));
  expect(seen).toEqual(["Miss from local-cdn", "Hit from local-cdn"]);
  const { token } = localSession();
  const { orderId } = await buyByApi(cloud, saleId, token);
  const shopper = await newPerson({ token, viewport: { width: 390, height: 844 } });
  for (const path of [`/order/?id=${orderId}`, "/orders/"]) {
    await shopper.open(path);
    expect([path, await shownRendition(shopper)]).toEqual([path, "480.jpg"]);
  }
  const plain = await newPerson({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await plain.open(`/plain/en/sale/${saleId}`);
  expect(await shownRendition(plain)).toBe("480.jpg");
});

test("a picture that does not come leaves its place to the drawing", async () => {
  const [saleId, { id }] = await pictured(
    "Lost kettle",
    pictureUpload("webp", { "480.webp": webpFile(480, 360, { red: 1 }) }),
  );
  for (const { name } of renditionsOf("webp"))
    await dynamo.send(
      new DeleteItemCommand({ TableName: cloud.pictureTable, Key: { pk: { S: `${id}/${name}` } } }),
    );
  const shopper = await newPerson({ viewport: { width: 390, height: 844 } });
  await shopper.page.addInitScript(watchShifts);
  await shopper.open(`/sale/${saleId}`);
  await shopper.part("art").locator("svg").waitFor();
  expect(await shopper.page.getByRole("img", { name: ALT }).count()).toBe(0);
  expect(await shopper.page.evaluate("shifts")).toEqual([]);
});

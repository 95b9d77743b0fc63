import { createCipheriv, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openLinks } from "./links.ts";

const folder = mkdtempSync(join(tmpdir(), "flash-sale-links-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** As SST 4.17 writes the links of a deployed function beside its code. */
function sealed(name: string, links: object) {
  const key = randomBytes(32);
  const cipher = createCipheriv("aes-256-gcm", key, Buffer.alloc(12));
  const bytes = Buffer.concat([cipher.update(JSON.stringify(links)), cipher.final(), cipher.getAuthTag()]);
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return { file, bytes, environment: { SST_KEY: key.toString("base64"), SST_KEY_FILE: file } };
}

test("what is deployed is read from the sealed file beside the code, and what is not there is not there", () => {
  const links = openLinks(sealed("deployed", { SessionSecret: { value: "deployed" } }).environment);
  expect(["SessionSecret" in links, "Unknown" in links]).toEqual([true, false]);
  expect(links["SessionSecret"]?.value).toBe("deployed");
});

test("under `sst dev` it is read from the environment, as one text or as many", () => {
  const ofOneText = openLinks({ SST_RESOURCES_JSON: JSON.stringify({ RedisUrl: { value: "one" } }) });
  expect(ofOneText["RedisUrl"]?.value).toBe("one");
  const ofManyTexts = openLinks({
    SST_RESOURCE_OriginSecret: JSON.stringify({ value: "many" }),
    OTHER: undefined,
  });
  expect(ofManyTexts["OriginSecret"]?.value).toBe("many");
});

test("a file that was changed is refused", () => {
  const { file, bytes, environment } = sealed("changed", { SessionSecret: { value: "changed" } });
  bytes[3]! ^= 1;
  writeFileSync(file, bytes);
  expect(() => "SessionSecret" in openLinks(environment)).toThrow();
});

import { createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { createResource, loadResourceData, loadResourceEnvironment } from "sst/resource/shared";

type Environment = Readonly<Record<string, string | undefined>>;
/** Each under the name that it has among the stacks. */
type Links = Readonly<Record<string, { readonly value: string }>>;

const TAG_BYTES = 16;
/** SST seals each file under a key of its own, and uses it once. */
const NONCE = Buffer.alloc(12);

/**
 * What SST has linked to this function, read when first asked for: from the environment under `sst dev`, from the sealed file in
 * its bundle where it is deployed.
 *
 * As `sst/resource` does, by the part of it that all its readers share. Its own reader for Node imports `process` as a module,
 * which reads every member of that, its three streams among them, in each cold start: see
 * docs/decisions/0140-what-a-cold-start-does-not-load.md.
 */
export const openLinks = (environment: Environment): Links =>
  createResource(() => {
    loadResourceEnvironment({ ...environment });
    const { SST_RESOURCES_JSON: text, SST_KEY: key, SST_KEY_FILE: file } = environment;
    if (text) loadResourceData(JSON.parse(text) as Links);
    if (key && file)
      loadResourceData(JSON.parse(unseal(readFileSync(file), Buffer.from(key, "base64"))) as Links);
  }) as unknown as Links;

/** @throws Error when the key is another, or the file was changed. */
function unseal(sealed: Buffer, key: Buffer): string {
  const opener = createDecipheriv("aes-256-gcm", key, NONCE);
  opener.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([opener.update(sealed.subarray(0, -TAG_BYTES)), opener.final()]).toString();
}

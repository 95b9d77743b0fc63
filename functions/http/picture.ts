import { cachedForEver, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { pictures } from "../compose/pictures.ts";
import { readPathId } from "../request/path-id.ts";

/** The type comes from the name, under which nothing else can be stored; nothing that is served here may run. */
export const handler = endpoint("picture", async ({ event }) => {
  const id = readPathId(event, "pictureId");
  const name = readPathId(event, "rendition");
  const bytes = await (await pictures()).file(id, name);
  if (!bytes) return refuse("not_found", { detail: "There is no such picture" });
  const type = name.endsWith(".webp") ? "image/webp" : "image/jpeg";
  const headers = { "content-type": type, "content-security-policy": "default-src 'none'; sandbox" };
  return { status: 200, body: bytes, headers: { ...headers, ...cachedForEver } };
});

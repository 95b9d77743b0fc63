import { buildSite } from "../../local/start/build-site.ts";

/** The browser tests see the site as it is published; building takes seconds, and only when a source changed. */
export default async function setUp(): Promise<void> {
  await buildSite();
}

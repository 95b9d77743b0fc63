import { buildSite } from "../../local/start/build-site.ts";
import { synthesize } from "./synthesize.ts";

/** Deploys offline, site included, before the tests that read what a deploy makes. */
export default async function setUp(): Promise<void> {
  await buildSite();
  await synthesize();
}

// `npm run site`: builds the site, for a deploy. With --serve it then serves it, in front of the API at API_URL: the site
// of `npm run dev`, where the API is the deployed one and there is no CDN.
import { startCdn } from "./cdn/cdn.ts";
import { LocalError } from "./local-error.ts";
import { buildSite, siteDir } from "./start/build-site.ts";
import { progress } from "./start/progress.ts";

const PORT = 3000;

try {
  const isNew = await buildSite();
  progress(isNew ? "Site built" : "Site is up to date");
  if (process.argv.includes("--serve")) {
    const apiUrl = process.env["API_URL"];
    if (!apiUrl) throw new LocalError("API_URL is not set: it names the API behind the site.");
    const { url } = await startCdn({ port: PORT, apiUrl: () => apiUrl, mailUrl: apiUrl, siteDir });
    console.log(`Site ${url}`);
  }
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

import { globSync } from "node:fs";
import { join } from "node:path";

/** German pages are below it, English ones at the root; see web/src/texts/locale.ts. */
const LOCALES = ["", "/de"];

/** Addresses of the site's pages that are folders with an index, without the last slash: `/admin`, `/de/sale`. */
export function sitePages(): string[] {
  const files = globSync("**/index.astro", { cwd: join($cli.paths.root, "web", "src", "pages") });
  const paths = files.map((file) => `/${file}`.replace(/\/index\.astro$/, ""));
  const all = paths.flatMap((path) =>
    path.startsWith("/[...locale]")
      ? LOCALES.map((locale) => locale + path.slice("/[...locale]".length))
      : [path],
  );
  return all.filter((path) => path !== "").sort();
}

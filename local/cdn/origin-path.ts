/** A sale's own address, in either language: the last part is its id. */
const SALE_ADDRESS = /^(\/de)?\/sale\/([^/]+)$/;
/** The file behind `/sale/` itself, where old links find the sale's id in their query. */
const INDEX_FILE = "index.html";

/** Where the CDN gets a path from: a sale's address is a rendered page, every other path is itself. */
export function originPath(path: string): string {
  const [, german, name] = SALE_ADDRESS.exec(path) ?? [];
  return name === undefined || name === INDEX_FILE ? path : `/page/${german ? "de" : "en"}/sale/${name}`;
}

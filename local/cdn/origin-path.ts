/** A sale's own address, in either language: the last part is its id. */
const SALE_ADDRESS = /^(\/de)?\/sale\/([^/]+)$/;
/** The file behind `/sale/` itself, where old links find the sale's id in their query. */
const INDEX_FILE = "index.html";

/** The proof of a sale's line: one file for all sales, which finds the id in its address. */
const PROOF_ADDRESS = /^(\/de)?\/sale\/[^/]+\/proof$/;

/** Where the CDN gets a path from: a sale's address is a rendered page, its proof a file, every other path is itself. */
export function originPath(path: string): string {
  const proof = PROOF_ADDRESS.exec(path);
  if (proof) return `${proof[1] ?? ""}/proof/${INDEX_FILE}`;
  const [, german, name] = SALE_ADDRESS.exec(path) ?? [];
  return name === undefined || name === INDEX_FILE ? path : `/page/${german ? "de" : "en"}/sale/${name}`;
}

/** Hands a file to the browser's downloads. */
export function saveFile(name: string, type: string, parts: BlobPart[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** All pages of a route of CSV or plain text, one after another; null if one of them was refused or did not come. */
export async function readCsvPages(
  pathAfter: (after: string | null) => string,
  type: "text/csv" | "text/plain" = "text/csv",
): Promise<string[] | null> {
  const pages: string[] = [];
  let after: string | null = null;
  do {
    try {
      const response: Response = await fetch(pathAfter(after), { cache: "no-store" });
      const isWanted = response.headers.get("content-type")?.startsWith(type) === true;
      if (!response.ok || !isWanted) return null;
      pages.push(await response.text());
      after = response.headers.get("x-next");
    } catch {
      return null;
    }
  } while (after !== null);
  return pages;
}

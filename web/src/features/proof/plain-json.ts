/**
 * Whether a text that is JSON says one thing to everybody: no name stands twice in one object, of which a reader takes one, and no
 * number has a point or an exponent, which a reader may round. The pace alone may be a fraction.
 */
export function isPlainJson(text: string): boolean {
  const open: Set<string>[] = [];
  let name = "";
  for (const [found, word, number] of text.matchAll(PARTS)) {
    if (found === "{") open.push(new Set());
    else if (found === "}") open.pop();
    else if (number !== undefined) {
      if (!/^(0|[1-9]\d*)$/.test(number) && name !== "admissionsPerSecond") return false;
    } else if (word!.endsWith(":")) {
      name = JSON.parse(word!.slice(0, -1)) as string;
      if (open.at(-1)!.has(name)) return false;
      open.at(-1)!.add(name);
    }
  }
  return true;
}

/** Texts, with the colon behind a name; numbers; and the ends of objects. */
const PARTS = /("[^"\\]*(?:\\.[^"\\]*)*"\s*:?)|([-\d][-+.\deE]*)|[{}]/g;

import { isIPv4, isIPv6 } from "node:net";

const HEXTETS = 8;

/**
 * Who is one source: an IPv4 address, or an IPv6 network of /64, which is what a household or a server is given, and within
 * which an address costs nothing. An IPv4 address that is written as IPv6 counts as IPv4. All that is no address is one source.
 */
export const sourceOf = (address: string): string => prefixOf(address, 4);

/** Who is one neighbourhood: the same of IPv4, and a /48 of IPv6, which holds 65,536 sources and is to be had for free. */
export const neighbourhoodOf = (address: string): string => prefixOf(address, 3);

function prefixOf(address: string, hextets: number): string {
  const [bare = ""] = address.split("%");
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return "unknown";
  const all = hextetsOf(bare);
  const isMapped = all.slice(0, 5).every((part) => part === 0) && all[5] === 0xffff;
  if (isMapped)
    return all
      .slice(6)
      .flatMap((part) => [part >> 8, part & 255])
      .join(".");
  return `${all
    .slice(0, hextets)
    .map((part) => part.toString(16))
    .join(":")}::/${hextets * 16}`;
}

const numbers = (text: string) =>
  text === "" ? [] : text.split(":").map((part) => Number.parseInt(part, 16));

/** The eight numbers of an address, which a URL writes without a dotted part. */
function hextetsOf(address: string): number[] {
  const [left = "", right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const [before, after] = [numbers(left), numbers(right ?? "")];
  const missing = HEXTETS - before.length - after.length;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

import { BlockList, isIP } from "node:net";

/** What is not in the public internet: IANA's special-purpose registries (RFC 6890 and what was added since). */
const special = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  special.addSubnet(network, bits, "ipv4");

/** Of IPv6 only what is handed out as global unicast is public, and of that neither tunnels nor documentation. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
const specialSix = new BlockList();
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  specialSix.addSubnet(network, bits, "ipv6");

/**
 * Whether an address belongs to the public internet. IPv4 in IPv6's clothes (::ffff:…, 64:ff9b::…) is none: whoever is public has an
 * address of their own.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, "ipv4");
    case 6:
      // A zone names an interface of this machine.
      return (
        !address.includes("%") && globalUnicast.check(address, "ipv6") && !specialSix.check(address, "ipv6")
      );
    default:
      return false;
  }
}

const LOCAL_ADDRESSES = new Set(["127.0.0.1", "::1"]);
export const isThisMachine = (address: string): boolean => LOCAL_ADDRESSES.has(address);

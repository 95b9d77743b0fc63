import { isIP } from "node:net";

/**
 * Whether a request's Host is a name that no stranger can give to this machine: an address, localhost, or a name of the
 * local network. A page of evil.example whose name is turned to 127.0.0.1 (DNS rebinding) says evil.example.
 */
export function isOwnHost(host: string | undefined): boolean {
  const name = hostName(host ?? "");
  return isIP(name) !== 0 || /^[a-z0-9-]+$/.test(name) || /\.(localhost|local)$/.test(name);
}

function hostName(host: string): string {
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "");
  } catch {
    return "";
  }
}

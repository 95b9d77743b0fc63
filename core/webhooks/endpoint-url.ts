import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** On a developer's machine, and nowhere else, webhooks may go to it over plain HTTP. */
const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const isLocalHost = ({ hostname }: URL): boolean => LOCAL_HOSTS.has(hostname);

/**
 * What is wrong with an address that webhooks are to go to; null: nothing that it says by itself. Which machines its name stands
 * for is checked each time, when it is called.
 *
 * @param isLocalStage http to this machine is allowed.
 */
export function wrongUrl(text: string, isLocalStage: boolean): string | null {
  if (!URL.canParse(text)) return "must be a URL";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "must not bear a name or a password";
  if (url.hash !== "") return "must not have a part behind #";
  if (isLocalStage && isLocalHost(url) && /^https?:$/.test(url.protocol)) return null;
  if (url.protocol !== "https:") return "must begin with https://";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : "must be a public address";
  if (
    !host.includes(".") ||
    /\.(?:local|internal|localhost|arpa)\.?$/.test(host) ||
    host.endsWith("localhost")
  )
    return "must be a public address";
  return null;
}

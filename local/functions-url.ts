import { createHmac } from "node:crypto";

const ROLE = "flash_sale_functions";

/**
 * The address of the same database for the functions, which connect as a role of their own. Its password follows from
 * the owner's, so that nobody types one, and no server ever gets one that stands in this repository.
 */
export function functionsUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.password = createHmac("sha256", url.password).update(ROLE).digest("base64url");
  url.username = ROLE;
  return url.href;
}

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Config } from "../../core/config.ts";

type Headers = Pick<APIGatewayProxyEventV2, "headers">;

/**
 * Whether a form was sent by a page of this site. Browsers say with every form which site sent it (Origin), and the present
 * ones how near that is (Sec-Fetch-Site); no page can say otherwise. Without an Origin nobody vouches for it: no.
 *
 * The session cookie is SameSite=Strict besides, so that another site's form would come without it. A sibling host of the
 * same domain is the same site to SameSite, and another one here.
 */
export function isOwnForm({ headers }: Headers, { SITE_URL, STAGE }: Config<"SITE_URL">): boolean {
  const { origin, host, "sec-fetch-site": nearness = "same-origin" } = headers;
  // A local site goes by several names (localhost, 127.0.0.1, that of a container), and its CDN passes on which it was.
  const own = STAGE === "local" ? [SITE_URL, `http://${host}`] : [SITE_URL];
  return nearness === "same-origin" && origin !== undefined && own.includes(origin);
}

/** Whether a browser says that a page of this site did not send the request; a program, which says nothing, is no page. */
export const isForeignPage = ({ headers }: Headers, config: Config<"SITE_URL">): boolean =>
  (headers["origin"] !== undefined || headers["sec-fetch-site"] !== undefined) &&
  !isOwnForm({ headers }, config);

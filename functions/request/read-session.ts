import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { loadConfig } from "../../core/config.ts";
import { sessionReader } from "./authenticate.ts";
import { readCredential } from "./session-cookie.ts";
import type { Session } from "../../core/identity/session.ts";

const { STAGE } = loadConfig([]);
const read = sessionReader();

/** Who asks for a page; null: nobody is signed in. */
export const readSession = (event: APIGatewayProxyEventV2): Promise<Session | null> =>
  read(readCredential(event, STAGE));

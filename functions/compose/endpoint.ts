import { isApiKey } from "../../core/api-keys/api-key.ts";
import { type RouteName, routes } from "../../core/contract/routes.ts";
import type { Answer } from "../answer/answer.ts";
import { type CheckedRequest, type OrMachine, routeEndpoint } from "./route-endpoint.ts";

type Routes = typeof routes;
export type RequestOf<Name extends RouteName> = CheckedRequest<Routes[Name]>;

/** A key comes in a header alone. */
const orMachine: OrMachine = (scope, authenticate) => {
  const loading = import("../request/authenticate-key.ts").then((keys) => keys.keyAuthentication(scope));
  return async (credential) =>
    credential?.from === "header" && isApiKey(credential.token)
      ? (await loading)(credential)
      : authenticate(credential);
};

/** A Lambda handler for a route of the table, by its name. */
export const endpoint = <Name extends RouteName>(
  name: Name,
  handle: (request: RequestOf<Name>) => Promise<Answer>,
) => routeEndpoint<Routes[Name]>(routes[name], handle, orMachine);

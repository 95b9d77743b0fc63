import { type RouteName, routes } from "../../core/contract/routes.ts";
import type { Answer } from "../answer/answer.ts";
import { type CheckedRequest, routeEndpoint } from "./route-endpoint.ts";

type Routes = typeof routes;
export type RequestOf<Name extends RouteName> = CheckedRequest<Routes[Name]>;

/** A Lambda handler for a route of the table, by its name. */
export const endpoint = <Name extends RouteName>(
  name: Name,
  handle: (request: RequestOf<Name>) => Promise<Answer>,
) => routeEndpoint<Routes[Name]>(routes[name], handle);

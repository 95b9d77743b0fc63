import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { pathParameters } from "../../core/contract/path-parameters.ts";
import { check } from "./request.ts";

/** A path parameter of the route. @throws Refused when it is not of its shape. */
export const readPathId = <Name extends keyof typeof pathParameters>(
  event: APIGatewayProxyEventV2,
  name: Name,
) => check(pathParameters[name], event.pathParameters?.[name], name);

import type { GenericSchema, ObjectEntries, StrictObjectSchema } from "valibot";
import type { Scope } from "./api-keys.ts";
import type { Role } from "./identity.ts";
import type { ProblemKind } from "./problem-kinds.ts";

/** As much of a route as its function needs: what a request is checked by. */
export type RouteChecks = {
  /** API Gateway's route key: method and path with {parameters}. */
  readonly route: `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`;
  /** Least role that may call it; absent: anybody. */
  readonly role?: Role;
  /** What an API key needs to call it in the place of somebody's session; absent: no key may. */
  readonly scope?: Scope;
  readonly body?: GenericSchema;
  /** Largest body; absent: BODY_LIMIT_BYTES. */
  readonly bodyLimitBytes?: number;
  /** Of the query string; every value in it is text. */
  readonly query?: StrictObjectSchema<ObjectEntries, undefined>;
  readonly idempotencyKey?: "required" | "optional";
  readonly refusals: readonly ProblemKind[];
};

export type Route = RouteChecks & {
  readonly summary: string;
  /** Success answers by status; null has no JSON body. */
  readonly answers: Readonly<Record<number, GenericSchema | null>>;
  /** Media types of a success that is a file. */
  readonly files?: readonly string[];
};

import type { Generated } from "kysely";
import type { Scope } from "../../contract/api-keys.ts";
import type { DeliveryState, EndpointState, PausedWhy } from "../../contract/webhooks.ts";
import type { ApiKeyId, BuyerId, EndpointId } from "../../ids.ts";

export type WebhookEndpointsTable = {
  id: EndpointId;
  url: string;
  name: string;
  /** Whom a mail tells that it was paused. */
  notify: string;
  /** None: all. */
  types: string[];
  state: Generated<EndpointState>;
  paused_why: PausedWhy | null;
  /** Sealed: only the sender can open it. */
  secret: string;
  old_secret: string | null;
  /** Until when the secret before signs too. */
  old_secret_until: Date | null;
  /** Failed calls since the last one that was taken. */
  failures: Generated<number>;
  failing_since: Date | null;
  /** Nothing is sent before: it has just failed, and often. */
  quiet_until: Date | null;
  delivered_at: Date | null;
  created_at: Date;
};

export type WebhookDeliveriesTable = {
  endpoint_id: EndpointId;
  position: string;
  stream: string;
  state: Generated<DeliveryState>;
  attempts: Generated<number>;
  /** Of sending it again on purpose. */
  round: Generated<number>;
  next_at: Date;
  /** Until when a sender has it; null: nobody. */
  lease_until: Date | null;
  tried_at: Date | null;
  status: number | null;
  error: string | null;
  took_ms: number | null;
  delivered_at: Date | null;
};

export type ApiKeysTable = {
  id: ApiKeyId;
  name: string;
  hash: string;
  scopes: Scope[];
  created_by: BuyerId;
  created_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
  /** Null: it is good until it is revoked. */
  expires_at: Date | null;
  /** Of the rate limit: the theoretical arrival time of the next call. */
  next_call_at: Date;
};

import type {
  ApiKeyList,
  CreateApiKeyRequest,
  CreateEndpointRequest,
  ChangeEndpointRequest,
  DeliveryPage,
  EndpointList,
  EndpointWithSecret,
  NewApiKey,
  RedeliverAnswer,
  RedeliverRequest,
  TestAnswer,
  WebhookEndpoint,
} from "../api/contract.ts";
import { request } from "../api/request.ts";

const webhooks = "/api/admin/webhooks";
const keys = "/api/admin/keys";
const of = (id: string) => `${webhooks}/${encodeURIComponent(id)}`;

export type LogSearch = { readonly search: string; readonly state: string; readonly before: number | null };

const query = ({ search, state, before }: LogSearch) =>
  new URLSearchParams({
    ...(search !== "" && { search }),
    ...(state !== "" && { state }),
    ...(before !== null && { before: String(before) }),
  }).toString();

/** What admins ask about the merchant's own machines: the endpoints that are told, and the keys by which they come. */
export const machinesApi = {
  endpoints: () => request<EndpointList>(webhooks),
  add: (body: CreateEndpointRequest) => request<EndpointWithSecret>(webhooks, { method: "POST", body }),
  change: (id: string, body: ChangeEndpointRequest) =>
    request<WebhookEndpoint>(of(id), { method: "PATCH", body }),
  remove: (id: string) => request<undefined>(of(id), { method: "DELETE" }),
  rotate: (id: string, overlapHours: number) =>
    request<EndpointWithSecret>(`${of(id)}/secret`, { method: "POST", body: { overlapHours } }),
  test: (id: string) => request<TestAnswer>(`${of(id)}/test`, { method: "POST" }),
  deliveries: (id: string, search: LogSearch) =>
    request<DeliveryPage>(`${of(id)}/deliveries?${query(search)}`),
  redeliver: (id: string, body: RedeliverRequest) =>
    request<RedeliverAnswer>(`${of(id)}/redeliver`, { method: "POST", body }),
  keys: () => request<ApiKeyList>(keys),
  makeKey: (body: CreateApiKeyRequest) => request<NewApiKey>(keys, { method: "POST", body }),
  revokeKey: (id: string) => request<undefined>(`${keys}/${encodeURIComponent(id)}`, { method: "DELETE" }),
};

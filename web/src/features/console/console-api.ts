import type {
  AdminSaleList,
  AuditLog,
  CreateSaleRequest,
  OrderPage,
  ReconciliationReport,
  SaleNumbers,
  SaleWatch,
  StoredPicture,
  StorePictureRequest,
  UpdateSaleRequest,
} from "../api/contract.ts";
import { request } from "../api/request.ts";

export type SaleAction = "pause" | "resume" | "end";

const sales = "/api/admin/sales";
const of = (saleId: string) => `${sales}/${encodeURIComponent(saleId)}`;
/** Comparing the stores reads all of them. */
const REPORT_LIMIT_MS = 30_000;

/** An upload of two megabytes on a slow line. */
const UPLOAD_LIMIT_MS = 60_000;

const PAGE = "20";

const query = (values: Record<string, string | null>) =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

export const consoleApi = {
  sales: () => request<AdminSaleList>(sales),
  watch: (saleId: string) => request<SaleWatch>(of(saleId)),
  storePicture: (body: StorePictureRequest) =>
    request<StoredPicture>("/api/admin/pictures", { method: "POST", body, limitMs: UPLOAD_LIMIT_MS }),
  create: (body: CreateSaleRequest, key: string) =>
    request<SaleNumbers>(sales, { method: "POST", body, headers: { "idempotency-key": key } }),
  update: (saleId: string, body: UpdateSaleRequest) =>
    request<SaleNumbers>(of(saleId), { method: "PATCH", body }),
  act: (saleId: string, action: SaleAction) =>
    request<SaleNumbers>(`${of(saleId)}/${action}`, { method: "POST" }),
  orders: (saleId: string, search: string, after: string | null) =>
    request<OrderPage>(`${of(saleId)}/orders?${query({ search, after, limit: PAGE })}`),
  audit: (saleId: string) => request<AuditLog>(`${of(saleId)}/audit`),
  report: (saleId: string) =>
    request<ReconciliationReport>(`${of(saleId)}/reconciliation`, { limitMs: REPORT_LIMIT_MS }),
  readiness: () => request<unknown>("/api/health/ready"),
  reportCsvPath: (saleId: string) => `${of(saleId)}/reconciliation?format=csv`,
  ordersCsvPath: (saleId: string, search: string, after: string | null) =>
    `${of(saleId)}/orders?${query({ search, after, format: "csv", limit: "10000" })}`,
};

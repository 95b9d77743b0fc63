import type {
  ActPage,
  AdminSaleList,
  BuyerExport,
  Erasure,
  ErasureList,
  ChangeRoleRequest,
  DeadLetterList,
  DecideGoRequest,
  People,
  PeopleChanged,
  Redriven,
  AuditLog,
  ChangeLineRequest,
  ChangeGuestsRequest,
  CheckedLater,
  CancelOrderAnswer,
  CancelOrderRequest,
  CreateSaleRequest,
  GuestSummary,
  LineNumbers,
  OrderFilter,
  OrderHistory,
  OrderId,
  OrderRow,
  OrderPage,
  PhaseFilter,
  PreflightReport,
  PreviewLink,
  ReconciliationReport,
  RefundOrderRequest,
  Rehearsal,
  RehearsalList,
  SaleNumbers,
  SignedStatement,
  SaleWatch,
  StoredPicture,
  StartRehearsalRequest,
  StorePictureRequest,
  UndoCheckedLaterRequest,
  UpdateSaleRequest,
  Visibility,
  VisibilityFilter,
} from "../api/contract.ts";
import { request } from "../api/request.ts";

export type SaleAction = "pause" | "resume" | "end";

const sales = "/api/admin/sales";
const of = (saleId: string) => `${sales}/${encodeURIComponent(saleId)}`;
/** Comparing the stores reads all of them. */
const REPORT_LIMIT_MS = 30_000;

/** Every store is asked, and some may be slow to say that they are well. */
const PREFLIGHT_LIMIT_MS = 15_000;

/** A list is read and written whole. */
const GUESTS_LIMIT_MS = 20_000;

/** An upload of two megabytes on a slow line. */
const UPLOAD_LIMIT_MS = 60_000;

const PAGE = "20";
const SALES_A_PAGE = "25";

const query = (values: Record<string, string | null>) =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

type OrderSearch = {
  readonly search: string;
  readonly state: OrderFilter | "";
  readonly after: string | null;
};

export type SaleSearch = {
  readonly search: string;
  readonly phase: PhaseFilter | "";
  readonly visibility: VisibilityFilter | "";
  readonly after: string | null;
};

export const consoleApi = {
  sales: (search: SaleSearch) =>
    request<AdminSaleList>(`${sales}?${query({ ...search, limit: SALES_A_PAGE })}`),
  watch: (saleId: string) => request<SaleWatch>(of(saleId)),
  storePicture: (body: StorePictureRequest) =>
    request<StoredPicture>("/api/admin/pictures", { method: "POST", body, limitMs: UPLOAD_LIMIT_MS }),
  create: (body: CreateSaleRequest, key: string) =>
    request<SaleNumbers>(sales, { method: "POST", body, headers: { "idempotency-key": key } }),
  update: (saleId: string, body: UpdateSaleRequest) =>
    request<SaleNumbers>(of(saleId), { method: "PATCH", body }),
  show: (saleId: string, visibility: Visibility) =>
    request<SaleNumbers>(of(saleId), { method: "PATCH", body: { visibility } }),
  previewLink: (saleId: string, hours: number) =>
    request<PreviewLink>(`${of(saleId)}/preview`, { method: "POST", body: { hours } }),
  preflight: (saleId: string) =>
    request<PreflightReport>(`${of(saleId)}/preflight`, { limitMs: PREFLIGHT_LIMIT_MS }),
  decideGo: (saleId: string, body: DecideGoRequest) =>
    request<PreflightReport>(`${of(saleId)}/go`, { method: "POST", body, limitMs: PREFLIGHT_LIMIT_MS }),
  act: (saleId: string, action: SaleAction) =>
    request<SaleNumbers>(`${of(saleId)}/${action}`, { method: "POST" }),
  line: (saleId: string) => request<LineNumbers>(`${of(saleId)}/line`),
  changeLine: (saleId: string, body: ChangeLineRequest) =>
    request<LineNumbers>(`${of(saleId)}/line`, { method: "PATCH", body }),
  checkedLater: (saleId: string) => request<CheckedLater>(`${of(saleId)}/line/checked-later`),
  undoCheckedLater: (saleId: string, body: UndoCheckedLaterRequest) =>
    request<CheckedLater>(`${of(saleId)}/line/checked-later/undo`, { method: "POST", body }),
  guests: (saleId: string) => request<GuestSummary>(`${of(saleId)}/guests`, { limitMs: GUESTS_LIMIT_MS }),
  changeGuests: (saleId: string, body: ChangeGuestsRequest) =>
    request<GuestSummary>(`${of(saleId)}/guests`, { method: "POST", body, limitMs: GUESTS_LIMIT_MS }),
  guestsCsvPath: (saleId: string) => `${of(saleId)}/guests?format=csv`,
  orders: (saleId: string, search: OrderSearch) =>
    request<OrderPage>(`${of(saleId)}/orders?${query({ ...search, limit: PAGE })}`),
  order: (saleId: string, { orderId, buyerId }: Pick<OrderRow, "orderId" | "buyerId">) =>
    request<OrderHistory>(`${of(saleId)}/orders/${orderId}?${query({ buyerId })}`),
  cancel: (saleId: string, orderId: OrderId, body: CancelOrderRequest, key: string) =>
    request<CancelOrderAnswer>(`${of(saleId)}/orders/${orderId}/cancel`, {
      method: "POST",
      body,
      headers: { "idempotency-key": key },
    }),
  refund: (saleId: string, orderId: OrderId, body: RefundOrderRequest, key: string) =>
    request<CancelOrderAnswer>(`${of(saleId)}/orders/${orderId}/refund`, {
      method: "POST",
      body,
      headers: { "idempotency-key": key },
    }),
  audit: (saleId: string) => request<AuditLog>(`${of(saleId)}/audit`),
  report: (saleId: string) =>
    request<ReconciliationReport>(`${of(saleId)}/reconciliation`, { limitMs: REPORT_LIMIT_MS }),
  people: () => request<People>("/api/admin/people"),
  changeRole: (body: ChangeRoleRequest) =>
    request<PeopleChanged>("/api/admin/people", { method: "POST", body }),
  acts: (before: string | null) => request<ActPage>(`/api/admin/acts?${query({ before })}`),
  exportBuyer: (who: string) =>
    request<BuyerExport>("/api/admin/buyers/export", {
      method: "POST",
      body: { who },
      limitMs: REPORT_LIMIT_MS,
    }),
  eraseBuyer: (who: string) =>
    request<Erasure>("/api/admin/buyers/erasure", {
      method: "POST",
      body: { who },
      limitMs: REPORT_LIMIT_MS,
    }),
  erasures: () => request<ErasureList>("/api/admin/buyers/erasures"),
  deadLetters: () => request<DeadLetterList>("/api/admin/dead-letters", { limitMs: REPORT_LIMIT_MS }),
  redrive: (messageIds: readonly string[]) =>
    request<Redriven>("/api/admin/dead-letters/redrive", {
      method: "POST",
      body: { messageIds },
      limitMs: REPORT_LIMIT_MS,
    }),
  rehearsals: () => request<RehearsalList>("/api/admin/rehearsals"),
  startRehearsal: (body: StartRehearsalRequest, key: string) =>
    request<Rehearsal>("/api/admin/rehearsals", {
      method: "POST",
      body,
      headers: { "idempotency-key": key },
    }),
  readiness: () => request<unknown>("/api/health/ready"),
  signedReport: (saleId: string) =>
    request<SignedStatement>(`${of(saleId)}/report`, { limitMs: REPORT_LIMIT_MS }),
  reportOrdersPath: (saleId: string, after: string | null) =>
    `${of(saleId)}/report/orders?${query({ after })}`,
  reportCsvPath: (saleId: string) => `${of(saleId)}/reconciliation?format=csv`,
  ordersCsvPath: (saleId: string, search: OrderSearch) =>
    `${of(saleId)}/orders?${query({ ...search, format: "csv", limit: "10000" })}`,
};

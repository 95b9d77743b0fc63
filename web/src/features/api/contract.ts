/** The only door from the site to the API contract: types, so that no schema code reaches the browser. */
export type { OrderPage, OrderRow } from "../../../../core/contract/admin-orders.ts";
export type {
  AdminSaleList,
  CreateSaleRequest,
  SaleNumbers,
  SaleWatch,
  UpdateSaleRequest,
} from "../../../../core/contract/admin.ts";
export type { AuditEntry, AuditLog } from "../../../../core/contract/audit.ts";
export type { CodeAnswer, Role, SessionView } from "../../../../core/contract/identity.ts";
export type { BuyerOrder, BuyerOrderPage, OrderList, OrderView } from "../../../../core/contract/order.ts";
export type { Problem, ProblemKind } from "../../../../core/contract/problem.ts";
export type { PurchaseAnswer } from "../../../../core/contract/purchase.ts";
export type { ReconciliationReport } from "../../../../core/contract/reconciliation.ts";
export type { Phase, SaleList, SaleStatus } from "../../../../core/contract/sale.ts";
export type { BuyerId, OrderId, SaleId } from "../../../../core/ids.ts";

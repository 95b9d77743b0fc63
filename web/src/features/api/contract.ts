/** The only door from the site to the API contract: types, and what needs no schema code, which never reaches the browser. */
export { isCode, normalizeCode } from "../../../../core/contract/sign-in-code.ts";
export type { FoundOrder, OrderFilter, OrderPage, OrderRow } from "../../../../core/contract/admin-orders.ts";
export type {
  AdminSaleList,
  CreateSaleRequest,
  PhaseFilter,
  SaleNumbers,
  SaleWatch,
  UpdateSaleRequest,
  VisibilityFilter,
} from "../../../../core/contract/admin.ts";
export { eventTypes } from "../../../../core/contract/event-types.ts";
export type {
  ApiKey,
  ApiKeyList,
  CreateApiKeyRequest,
  NewApiKey,
} from "../../../../core/contract/api-keys.ts";
export type {
  ChangeEndpointRequest,
  CreateEndpointRequest,
  DeliveryPage,
  EndpointList,
  EndpointWithSecret,
  RedeliverAnswer,
  RedeliverRequest,
  TestAnswer,
  WebhookDelivery,
  WebhookEndpoint,
} from "../../../../core/contract/webhooks.ts";
export type { ActPage, AuditEntry, AuditLog } from "../../../../core/contract/audit.ts";
export type { Challenge, ChallengeAnswer, SolvedChallenge } from "../../../../core/contract/challenge.ts";
export type {
  ChangeGuestsRequest,
  GuestReason,
  Guests,
  GuestSummary,
  InvitationAnswer,
} from "../../../../core/contract/guests.ts";
export { inListOrder } from "../../../../core/contract/list-order.ts";
export type { BuyerId, OrderId, SaleId } from "../../../../core/contract/ids.ts";
export type {
  CancelOrderAnswer,
  CancelOrderRequest,
  OrderEvent,
  OrderHistory,
  RefundOrderRequest,
  WithdrawAnswer,
} from "../../../../core/contract/cancellation.ts";
export type { CodeAnswer, Role, SessionView } from "../../../../core/contract/identity.ts";
export type { ChangeRoleRequest, People, PeopleChanged } from "../../../../core/contract/people.ts";
export type { BuyerExport, Erasure, ErasureList } from "../../../../core/contract/buyer-data.ts";
export type { ReportStatement, SignedStatement } from "../../../../core/contract/evidence.ts";
export type { DeadLetterList, Redriven } from "../../../../core/contract/dead-letters.ts";
export type {
  CheckedLater,
  EntryList,
  EntryState,
  FairnessIndex,
  JoinAnswer,
  LineNumbers,
  LineView,
  Receipt,
  ChangeLineRequest,
  UndoCheckedLaterRequest,
} from "../../../../core/contract/line.ts";
export type { WaitReason } from "../../../../core/contract/turn.ts";
export { wrongModeFields } from "../../../../core/contract/wrong-mode.ts";
export { hasLine, isAboutLine, isSurelyClosed } from "../../../../core/contract/returns.ts";
export type { SaleMode } from "../../../../core/contract/sale-mode.ts";
export type { SaleWithdrawal, WithdrawalException } from "../../../../core/contract/sale-withdrawal.ts";
export type { SalePayment } from "../../../../core/contract/sale-payment.ts";
export { isToBePaid, isUnderWay, unitsOf, unitsTakenBack } from "../../../../core/contract/order-state.ts";
export type {
  BuyerOrder,
  BuyerOrderPage,
  OrderList,
  OrderView,
  OwnOrder,
} from "../../../../core/contract/order.ts";
export type { AddPushRequest, PushList, PushSubscriptionView } from "../../../../core/contract/push.ts";
export type { Passkey, PasskeyList } from "../../../../core/contract/passkeys.ts";
export type { OpenedPaymentAnswer } from "../../../../core/contract/payment.ts";
export type {
  PictureReference,
  StoredPicture,
  StorePictureRequest,
} from "../../../../core/contract/picture.ts";
export {
  jpegRendition,
  type PictureFormat,
  pictureUrl,
  type Rendition,
  RENDITION_LIMIT_BYTES,
  renditionsOf,
  srcsetOf,
} from "../../../../core/contract/renditions.ts";
export { pictureSizes } from "../../../../core/contract/picture-sizes.ts";
export { type Language, languages } from "../../../../core/contract/language.ts";
export type { DecideGoRequest, PreflightReport } from "../../../../core/contract/preflight.ts";
export type { Preview, PreviewLink } from "../../../../core/contract/preview.ts";
export type { Visibility } from "../../../../core/contract/visibility.ts";
export type { Problem } from "../../../../core/contract/problem.ts";
export { kindOfType, type ProblemKind, problemType } from "../../../../core/contract/problem-kinds.ts";
export type { PurchaseAnswer } from "../../../../core/contract/purchase-answer.ts";
export type {
  Rehearsal,
  RehearsalLaw,
  RehearsalList,
  StartRehearsalRequest,
} from "../../../../core/contract/rehearsal.ts";
export type { ReconciliationReport } from "../../../../core/contract/reconciliation.ts";
export { inLanguage, nameIn, tidied, type Translations } from "../../../../core/contract/translations.ts";
export type { PastSalePage, Phase, SaleList, SaleStatus } from "../../../../core/contract/sale.ts";

import { createHash } from "node:crypto";
import type { CreateSaleRequest } from "../contract/admin.ts";
import { noGuestList } from "../contract/guests.ts";
import { tidied } from "../contract/translations.ts";
import type { Actor } from "../identity/actor.ts";
import { newSaleId } from "../ids.ts";
import type { WithPicture } from "../picture/with-picture.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { auditCreation } from "../sale/audit.ts";
import type { Sale } from "../sale/sale.ts";
import { insertSale } from "../sale/sales.postgres.ts";
import { wasPublished } from "../sale/visibility.ts";
import type { AdministrationDependencies } from "./administration-dependencies.ts";
import { openFirstEpoch } from "./first-gate.ts";

export type CreateOutcome =
  { readonly kind: "created"; readonly sale: Sale } | { readonly kind: "key_reused" };

/** Creates a sale, and loads its gate unless it is a draft. Repeating the request, at any point and by anybody, finishes what is undone. */
export async function createSale(
  deps: AdministrationDependencies,
  request: WithPicture<CreateSaleRequest>,
  creationKey: string,
  actor: Actor,
  nowMs: number,
): Promise<CreateOutcome> {
  const { startsAt, endsAt, picture = null, translations, ...settings } = request;
  const newSale: Sale = {
    ...settings,
    // What an open sale says of its returns nobody asks for.
    mode: settings.mode.kind === "open" ? { kind: "open" } : settings.mode,
    translations: tidied(translations),
    saleId: newSaleId(nowMs),
    startsAtMs: Date.parse(startsAt),
    endsAtMs: endsAt === null ? null : Date.parse(endsAt),
    picture,
    guestList: noGuestList,
    faces: [],
    state: "running",
    revision: 1,
    epoch: 0,
    closedAtMs: null,
    archive: null,
  };
  const creationHash = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
  const sale = await deps.db.transaction().execute(async (trx) => {
    const inserted = await insertSale(trx, newSale, { creationKey, creationHash });
    if (inserted?.saleId === newSale.saleId)
      await recordAudit(trx, newSale.saleId, actor, auditCreation(newSale));
    return inserted;
  });
  if (!sale) return { kind: "key_reused" };
  return { kind: "created", sale: wasPublished(sale) ? await openFirstEpoch(deps, sale) : sale };
}

import type { BookedPayment } from "../contract/rehearsal.ts";
import type { SaleId } from "../ids.ts";
import type { Payment, PaymentProvider } from "../payment/provider.ts";

/** By how much the provider's clock may be behind ours. */
const CLOCK_ERROR_MS = 5 * 60_000;

/** Every payment of a sale that the provider has, made since then; null: it does not answer. */
export async function booksOf(
  provider: Pick<PaymentProvider, "madeSince">,
  saleId: SaleId,
  sinceMs: number,
): Promise<BookedPayment[] | null> {
  const booked: Payment[] = [];
  try {
    let after: string | null = null;
    do {
      const page = await provider.madeSince(sinceMs - CLOCK_ERROR_MS, after);
      booked.push(...page.payments);
      after = page.next;
    } while (after !== null);
  } catch {
    return null;
  }
  return booked
    .filter((payment) => payment.saleId === saleId)
    .map(({ orderId, state, amountMinor, capturedMinor, refundedMinor }) => ({
      orderId,
      state,
      amountMinor,
      capturedMinor,
      refundedMinor,
    }));
}

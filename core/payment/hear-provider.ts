import type { Measure } from "../metrics.ts";
import { ProviderSilent } from "./ask-provider.ts";

/**
 * Does what speaks to the payment provider. That it was silent, or had too much to do, is counted; and what was noted goes out,
 * whatever came of it: an alarm may wait for it.
 */
export async function hearProvider<T>(
  { measure, publish }: { readonly measure: Measure; readonly publish: () => void },
  doing: () => Promise<T>,
): Promise<T> {
  try {
    return await doing();
  } catch (error) {
    if (error instanceof ProviderSilent) measure("PaymentProviderSilent", 1);
    throw error;
  } finally {
    publish();
  }
}

import type { CreateSaleRequest } from "../../core/contract/admin.ts";

const MINUTE_MS = 60_000;
const mode = { kind: "open" } as const;
const inGerman = (name: string, description: string) => ({ de: { name, description } });
const common = { currency: "EUR", purchaseLimit: 1, attemptLimit: 10, endsAt: null, mode };

export const SOLD_OUT_UNITS = 12;

/** The three sales of a first start: open, opening in two minutes, and one that its demonstration buyers will buy out. */
export function demonstrationSales(nowMs: number) {
  const at = (offsetMs: number) => new Date(nowMs + offsetMs).toISOString();
  const open: CreateSaleRequest = {
    ...common,
    name: "Meridian turntable",
    description: "Belt drive, walnut plinth, one run of a thousand.",
    translations: inGerman(
      "Plattenspieler Meridian",
      "Riemenantrieb, Zarge aus Nussbaum, eine Auflage von tausend.",
    ),
    priceMinor: 34_900,
    allocated: 1000,
    startsAt: at(-MINUTE_MS),
  };
  const soon: CreateSaleRequest = {
    ...common,
    name: "Halcyon desk lamp",
    description: "Spun aluminium, dimmable, made in one series of two hundred.",
    translations: inGerman(
      "Schreibtischlampe Halcyon",
      "Aluminium, gedrückt und dimmbar, eine Serie von zweihundert.",
    ),
    priceMinor: 12_900,
    allocated: 200,
    startsAt: at(2 * MINUTE_MS),
  };
  const soldOut: CreateSaleRequest = {
    ...common,
    name: "Lumen field camera",
    description: "A dozen, numbered and signed.",
    translations: inGerman("Feldkamera Lumen", "Ein Dutzend, nummeriert und signiert."),
    priceMinor: 89_000,
    allocated: SOLD_OUT_UNITS,
    startsAt: at(-MINUTE_MS),
  };
  return { open, soon, soldOut };
}

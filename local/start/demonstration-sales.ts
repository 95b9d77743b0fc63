import type { CreateSaleRequest } from "../../core/contract/admin.ts";

const MINUTE_MS = 60_000;
const mode = { kind: "open" } as const;
const payment = { kind: "none" } as const;
const withdrawal = { kind: "days", days: 14, returnsGo: "on_sale" } as const;
const inGerman = (name: string, description: string) => ({ de: { name, description } });
const common = {
  currency: "EUR",
  purchaseLimit: 1,
  attemptLimit: 10,
  endsAt: null,
  mode,
  payment,
  withdrawal,
  guests: { kind: "everybody" },
  visibility: "listed",
} as const;

export const SOLD_OUT_UNITS = 12;

/**
 * The sales of a first start: open, opening in two minutes, one that is paid for, one that its demonstration buyers will buy
 * out, and a draft that only staff see.
 */
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
  const paid: CreateSaleRequest = {
    ...common,
    name: "Nordic lounge chair",
    description: "Oak and wool, fifty of them. Each is held for ten minutes while you pay.",
    translations: inGerman(
      "Sessel Nordlicht",
      "Eiche und Wolle, fünfzig Stück. Jeder ist zehn Minuten reserviert, während Sie bezahlen.",
    ),
    priceMinor: 59_000,
    allocated: 50,
    purchaseLimit: 2,
    startsAt: at(-MINUTE_MS),
    payment: { kind: "held", holdSeconds: 600 },
  };
  const draft: CreateSaleRequest = {
    ...common,
    visibility: "draft",
    name: "Solstice wall clock",
    description: "Enamel dial, quiet movement, fifty in all.",
    translations: inGerman("Wanduhr Solstice", "Zifferblatt aus Emaille, leises Werk, fünfzig Stück."),
    priceMinor: 18_900,
    allocated: 50,
    startsAt: at(7 * 24 * 60 * MINUTE_MS),
  };
  return { open, soon, paid, soldOut, draft };
}

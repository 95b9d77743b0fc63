import type { SaleId } from "../api/contract.ts";

/**
 * The sale that an address names: `/sale/<id>`, or `/sale/?id=<id>` in old links and where no page could be rendered. An
 * id of the wrong shape is answered by the server like any other unknown one.
 */
export function saleIdAt({ pathname, search }: Pick<Location, "pathname" | "search">): SaleId {
  const [, inPath] = /\/sale\/(sale_[^/]+)$/.exec(pathname) ?? [];
  return (inPath ?? new URLSearchParams(search).get("id") ?? "none") as SaleId;
}

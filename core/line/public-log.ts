/** Lines of the log to a page, as docs/fairness.md has it. */
export const LOG_PAGE_LINES = 1_000;
export const ORDER_PAGE_ORDERS = 1_000;

export const pagesOf = (count: number, perPage: number): number => Math.ceil(count / perPage);

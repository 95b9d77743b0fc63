export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

export const unitsLeft = (orders: readonly { readonly unitsLeft: number }[]): number =>
  sum(orders.map((order) => order.unitsLeft));

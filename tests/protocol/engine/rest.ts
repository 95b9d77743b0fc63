/**
 * The first state from which the lasting actors alone never come to rest; -1: there is none.
 *
 * @param lasting their steps: from, to, from, to, …
 */
export function unrestful(count: number, rests: readonly number[], lasting: readonly number[]): number {
  const heads = new Int32Array(count).fill(-1);
  const links = new Int32Array(lasting.length / 2);
  for (let step = 0; step < links.length; step++) {
    const to = lasting[2 * step + 1]!;
    links[step] = heads[to]!;
    heads[to] = step;
  }
  const canRest = new Uint8Array(count);
  const queue = [...rests];
  for (const index of rests) canRest[index] = 1;
  for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
    for (let step = heads[index]!; step !== -1; step = links[step]!) {
      const from = lasting[2 * step]!;
      if (canRest[from]) continue;
      canRest[from] = 1;
      queue.push(from);
    }
  }
  return canRest.indexOf(0);
}

type Opened<T> = { readonly client: T; readonly close: () => Promise<unknown> };

/** Each client of this process under its name, made when first asked for and kept. */
const opened = new Map<string, Promise<Opened<unknown>>>();

/** The client of this name, which `open` makes if there is none yet. */
export function once<T>(name: string, open: () => Promise<Opened<T>>): Promise<T> {
  const known = opened.get(name) as Promise<Opened<T>> | undefined;
  const fresh = known ?? open();
  if (!known) opened.set(name, fresh);
  return fresh.then(({ client }) => client);
}

const closers: (() => void)[] = [];

/** Has something closed along with all that were opened. */
export const onClose = (close: () => void): void => void closers.push(close);

/** Closes every client, for a process that hosts functions and stops in good order. */
export async function closeClients(): Promise<void> {
  for (const close of closers) close();
  const closing = [...opened.values()];
  opened.clear();
  await Promise.all(closing.map(async (client) => (await client).close()));
}

/** One running store of the local cloud, embedded or external. */
export type Store = {
  readonly name: string;
  readonly url: string;
  /** The process to kill or freeze in a fault test; absent for an external store. */
  readonly pid?: number;
  /** Resolves if the store dies without having been stopped; never otherwise. */
  readonly crashed: Promise<Error>;
  stop(): Promise<void>;
};

/** A store that somebody else runs: it is used, never started or stopped. */
export function externalStore(name: string, url: string): Store {
  return { name, url, crashed: new Promise(() => {}), stop: () => Promise.resolve() };
}

/** Texts by name, as the browser keeps them. */
export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem"> & Iterable<string>;

function attempt<T>(work: () => T, otherwise: () => T): T {
  try {
    return work();
  } catch {
    return otherwise();
  }
}

/**
 * The browser's storage, of all tabs (`localStorage`) or of this one (`sessionStorage`, which a reload and a tab that the
 * system dropped survive); where it is forbidden or full the page's own memory, which a reload does not survive.
 */
export function browserKeep(kind: "localStorage" | "sessionStorage"): Keep {
  const memory = new Map<string, string>();
  return {
    getItem: (name) =>
      memory.get(name) ??
      attempt(
        () => globalThis[kind].getItem(name),
        () => null,
      ),
    setItem: (name, text) =>
      attempt(
        () => globalThis[kind].setItem(name, text),
        () => void memory.set(name, text),
      ),
    removeItem: (name) => {
      memory.delete(name);
      attempt(
        () => globalThis[kind].removeItem(name),
        () => undefined,
      );
    },
    [Symbol.iterator]: () =>
      [
        ...memory.keys(),
        ...attempt(
          () => Object.keys(globalThis[kind]),
          () => [],
        ),
      ].values(),
  };
}

/** The same work, left out while it is still under way: a second click of a hurried hand asks for nothing more. */
export function onceAtATime<A extends readonly unknown[]>(
  work: (...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  let isUnderWay = false;
  return async (...args) => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      await work(...args);
    } finally {
      isUnderWay = false;
    }
  };
}

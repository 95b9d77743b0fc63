/**
 * Does a thing for each, one after the other; one that fails keeps no other from it.
 *
 * @param onFailure is told of each failure at once, with what failed.
 * @throws AggregateError in the end, if any failed: an exception means that somebody must look.
 */
export async function doEach<Of>(
  all: Iterable<Of>,
  act: (one: Of) => Promise<unknown>,
  onFailure: (one: Of, error: unknown) => void,
): Promise<void> {
  const errors: unknown[] = [];
  for (const one of all)
    try {
      await act(one);
    } catch (error) {
      onFailure(one, error);
      errors.push(error);
    }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} failed`);
}

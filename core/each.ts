/**
 * Acts on each item, one after the other; one that fails keeps no other from it.
 *
 * @param onFailure is told of each failure at once, with what failed.
 * @throws AggregateError in the end, if any failed: an exception means that somebody must look.
 */
export async function doEach<Of>(
  all: Iterable<Of>,
  act: (item: Of) => Promise<unknown>,
  onFailure: (item: Of, error: unknown) => void,
): Promise<void> {
  const errors: unknown[] = [];
  for (const item of all)
    try {
      await act(item);
    } catch (error) {
      onFailure(item, error);
      errors.push(error);
    }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} failed`);
}

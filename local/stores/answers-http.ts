/** Whether an HTTP server is there, whatever it answers; rejects if none is. */
export async function answersHttp(url: string): Promise<void> {
  const answer = await fetch(url, { redirect: "manual" });
  await answer.body?.cancel();
}

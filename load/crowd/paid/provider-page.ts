/** What a person can choose on the page of the provider's stand-in. */
export type PageChoice = "pay" | "decline" | "uncapturable" | "later";

/** Chooses on the provider's page. 303: it led back to the shop. 200: it says that this did not work. */
export async function chooseOnPage(url: string, choice: PageChoice): Promise<number> {
  const response = await fetch(`${url}/${choice}`, { method: "POST", redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}

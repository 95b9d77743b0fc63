/** `page` and `proof` are addresses; moments name their zone. */
type Result = { readonly shop: string; readonly sale: string; readonly page: string; readonly proof: string };
type Won = Result & {
  readonly units: string;
  readonly isOne: boolean;
  readonly from: string;
  readonly until: string;
};
type NotSelected = Result & { readonly place: string; readonly entries: string };
type Code = { readonly shop: string; readonly code: string; readonly minutes: number };

/** The words of mails, in English. */
export const mails = {
  code: ({ shop, code, minutes }: Code) => ({
    subject: `${code} is your sign-in code for ${shop}`,
    text: `Your sign-in code for ${shop} is ${code}. It is valid for ${minutes} minutes, and once.\n\nIf you did not ask for it, ignore this mail: nobody can sign in without it.`,
  }),
  result: {
    won: ({ shop, sale, units, isOne, from, until, page, proof }: Won) => ({
      subject: `You have been drawn: ${sale}`,
      text: `You have been drawn for “${sale}” at ${shop}. ${isOne ? "One unit is" : `${units} units are`} kept for you, from ${from} until ${until}. After that, they go to others.\n\nBuy here:\n${page}\n\nHow the draw was made, for anybody to check:\n${proof}`,
    }),
    notSelected: ({ shop, sale, place, entries, page, proof }: NotSelected) => ({
      subject: `Not selected so far: ${sale}`,
      text: `The draw for “${sale}” at ${shop} has been made. Your entry came to place ${place} of ${entries}, and all units that it could have had were promised to entries before it. If some come back, the line goes on in its order, and the sale's page says so:\n${page}\n\nHow the draw was made, with the place of your entry, for anybody to check:\n${proof}`,
    }),
    ended: ({ shop, sale, page, proof }: Result) => ({
      subject: `Ended before its turns: ${sale}`,
      text: `“${sale}” at ${shop} was ended before anybody's turn came. Nothing was sold to anybody by this draw.\n\nThe sale's page:\n${page}\n\nThe draw's public record:\n${proof}`,
    }),
  },
};

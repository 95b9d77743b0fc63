import { type Language, languages } from "./language.ts";

/** What a sale is called and described as in one language; empty: as it is else. */
export type Translation = { readonly name: string; readonly description: string };
export type Translations = { readonly [language in Language]?: Translation | undefined };

type Shown = { readonly name: string; readonly description: string; readonly translations: Translations };

/** Those that say something of their own, in one order: two that say the same are then the same. */
export const tidied = (translations: Translations): Translations =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const { name = "", description = "" } = translations[language] ?? {};
      return name === "" && description === "" ? [] : [[language, { name, description }]];
    }),
  );

/** A sale as it is shown in a language: what was not translated stays as it is. */
export function inLanguage<T extends Shown>(sale: T, language: Language): T {
  const { name = "", description = "" } = sale.translations[language] ?? {};
  return { ...sale, name: name || sale.name, description: description || sale.description };
}

/** Its names in the languages in which it has another, for what bears no description. */
export type Names = { readonly [language in Language]?: string | undefined };

export const namesOf = (translations: Translations): Names =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const name = translations[language]?.name ?? "";
      return name === "" ? [] : [[language, name]];
    }),
  );

/** What something is called in a language. */
export const nameIn = (
  { name, names }: { readonly name: string; readonly names: Names },
  language: Language,
): string => names[language] ?? name;

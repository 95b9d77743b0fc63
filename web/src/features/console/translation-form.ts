import { type Language, languages, tidied, type Translations } from "../api/contract.ts";

const parts = ["name", "description"] as const;
type Field = `${(typeof parts)[number]}.${Language}`;
/** The texts by language as the form has them. */
export type TranslationFields = Record<Field, string>;

export const translationFieldNames: readonly Field[] = languages.flatMap((language) =>
  parts.map((part): Field => `${part}.${language}`),
);

export const readTranslations = (fields: TranslationFields): Translations =>
  tidied(
    Object.fromEntries(
      languages.map((language) => [
        language,
        { name: fields[`name.${language}`].trim(), description: fields[`description.${language}`].trim() },
      ]),
    ),
  );

export const fieldsOfTranslations = (translations: Translations): TranslationFields =>
  Object.fromEntries(
    languages.flatMap((language) =>
      parts.map((part) => [`${part}.${language}`, translations[language]?.[part] ?? ""]),
    ),
  ) as TranslationFields;

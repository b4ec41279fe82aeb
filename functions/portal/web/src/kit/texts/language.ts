// Chooses the language of the pages: each area of texts is an object per language, all of one shape.

/** The languages that exist. To add one, write `texts/<tag>/` beside `texts/en/` and name it in each `choose`. */
export type Language = "en";

function preferred(): string[] {
  return typeof navigator === "undefined" ? ["en"] : [...navigator.languages];
}

/** The texts in the first language the person reads that we write. */
export function choose<T>(languages: Record<Language, T>): T {
  for (const tag of preferred()) {
    const primary = tag.toLowerCase().split("-")[0] ?? "";
    if (primary in languages) return languages[primary as Language];
  }
  return languages.en;
}

/** The locale for dates and numbers: the person's own variant of the language that is shown. */
export function locale(): string {
  const language = typeof document === "undefined" ? "en" : document.documentElement.lang || "en";
  return preferred().find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

// The words of a notification when the push itself brought none, in the languages that we write.
import type { Notice } from "../push/payload";

const NOTICES: Record<string, Notice> = {
  en: { title: "Countersign", body: "Open to answer a sign-in request.", tag: "countersign" },
};

/** The fallback in the first language the person reads that we write. */
export function fallbackNotice(languages: readonly string[]): Notice {
  const english = { title: "Countersign", body: "", tag: "countersign", ...NOTICES.en };
  for (const language of languages) {
    const found = NOTICES[language.toLowerCase().split("-")[0] ?? ""];
    if (found) return found;
  }
  return english;
}

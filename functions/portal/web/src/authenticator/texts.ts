// Everything the web authenticator says to a person, in the person's language. Another language is another folder of
// `texts/`, of the same shape, named here.
import { choose } from "../kit/texts/language";
import { en } from "./texts/en";

export const texts = choose({ en });

/** Our words for a problem; the service's own where it knows a code that this app does not. */
export function problemWords(problem: { code: string; detail: string; fix: string }): {
  title: string;
  text: string;
} {
  const known = texts.problems[problem.code];
  if (known) return known;
  return { title: problem.detail || texts.unknownProblem, text: problem.fix };
}

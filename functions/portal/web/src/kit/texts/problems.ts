// What each problem code means and what to do, in the person's language; a code we do not know speaks for itself.
import type { Problem } from "../problem";
import { problems as en, type ProblemText } from "./en/problems";
import { choose } from "./language";

const problems: Record<string, ProblemText> = { ...choose({ en }) };

/** Takes in the words of more codes. */
export function learnProblems(more: Record<string, ProblemText>): void {
  Object.assign(problems, more);
}

/** Our text for a code; the server's own words when the code is newer than this page. */
export function problemText(
  problem: Pick<Problem, "code" | "detail" | "fix"> & { title?: string },
): ProblemText {
  const known = problems[problem.code];
  if (known) return known;
  const title = problem.title || problem.detail || (problems["service.failed"]?.title ?? problem.code);
  const text = [problem.title ? problem.detail : "", problem.fix].filter(Boolean).join(" ");
  return { title, text };
}

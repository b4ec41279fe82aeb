// The words of strengths: what an account reaches, and what is missing, as a member reads it.
import type { StrengthStanding } from "../../kit/api-types";
import { portal } from "../../kit/texts/portal";

const t = portal.security;

export function title({ name, built_in }: StrengthStanding): string {
  return (built_in && t.strengths[name]) || name;
}

/**
 * What is missing, by the shortest way. A pass is somebody else's to give, so it is named only where there is no other way. Of two words one may
 * say the other too: what is unlocked is something one has.
 */
export function missing({ missing }: StrengthStanding): string {
  const shortest = missing.find((rest) => !rest.includes("pass")) ?? missing[0] ?? [];
  const said = ["phishing_resistant", "unlocked", "possession"];
  const strongest = said.find((word) => shortest.includes(word));
  const needed = shortest.filter((word) => word === strongest || !said.includes(word));
  return t.all(needed.map((word) => t.evidence[word] ?? word));
}

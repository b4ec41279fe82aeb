// How many methods a person has, in words.
import { people as t } from "../../kit/texts/people";

export function methodsText(count: number): string {
  return count === 0 ? t.noMethods : t.methods(count);
}

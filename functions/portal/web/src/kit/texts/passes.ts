// The texts about passes, in the person's language.
import { passes as en } from "./en/passes";
import { choose } from "./language";

export const passes = choose({ en });

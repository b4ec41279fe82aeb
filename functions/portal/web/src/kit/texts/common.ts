// The words that every page uses, in the person's language.
import { common as en } from "./en/common";
import { choose } from "./language";

export const common = choose({ en });

// The texts about hardware tokens, in the person's language.
import { tokens as en } from "./en/tokens";
import { choose } from "./language";

export const tokens = choose({ en });

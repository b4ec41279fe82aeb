// The texts about what is kept or handed out, in the person's language.
import { handedOut as en } from "./en/handed-out";
import { choose } from "./language";

export const handedOut = choose({ en });

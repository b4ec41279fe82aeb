// The texts of the signed-in pages, in the person's language.
import { portal as en } from "./en/portal";
import { choose } from "./language";

export const portal = choose({ en });

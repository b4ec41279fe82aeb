// The texts of the policy page, in the person's language.
import { policy as en } from "./en/policy";
import { choose } from "./language";

export const policy = choose({ en });

// The texts about making recovery codes, in the person's language.
import { recoveryCodes as en } from "./en/recovery-codes";
import { choose } from "./language";

export const recoveryCodes = choose({ en });

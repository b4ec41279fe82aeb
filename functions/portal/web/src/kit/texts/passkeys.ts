// What is said about passkeys, in the person's language; loaded with what asks for them.
import { passkeys as en } from "./en/passkeys";
import { choose } from "./language";

export const passkeys = choose({ en });

// The texts of the sign-in and welcome pages, in the person's language.
import { signIn as en } from "./en/sign-in";
import { choose } from "./language";

export const signIn = choose({ en });

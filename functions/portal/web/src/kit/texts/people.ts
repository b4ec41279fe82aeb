// The texts of the administrators' pages, in the person's language.
import { people as en } from "./en/people";
import { choose } from "./language";

export const people = choose({ en });

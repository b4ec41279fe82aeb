// The texts of codes that are sent to a phone number, in the person's language.
import { sentCode as en } from "./en/sent-code";
import { choose } from "./language";
import { learnProblems } from "./problems";

export const sentCode = choose({ en });

learnProblems(sentCode.problems);

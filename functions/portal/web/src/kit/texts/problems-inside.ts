// Learns the words for the problems that are met beyond the sign-in; whatever page can meet them imports this.
import { problemsInside as en } from "./en/problems-inside";
import { choose } from "./language";
import { learnProblems } from "./problems";

learnProblems(choose({ en }));

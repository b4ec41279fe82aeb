// What the screens about one account with codes say, in the person's language.
import { choose } from "../../kit/texts/language";
import { en } from "../texts/en/code-set-up";

export const setUp = choose({ en });

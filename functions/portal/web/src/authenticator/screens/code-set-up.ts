// The screens that add and change accounts with codes, loaded together when the first of them is opened.
export { AddCode } from "./add-code";
export { CodeDetails } from "./code-details";

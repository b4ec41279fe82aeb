// The authenticator's settings.
import type { Words } from "./index";

export const authenticator: Words = {
  number_length: {
    label: "Digits of the number",
    hint: "Six meet NIST SP 800-63B-4 for a secret that is carried over by hand.",
    options: [
      [null, "The service’s default: 2"],
      [2, "2"],
      [3, "3"],
      [6, "6"],
    ],
  },
  passwordless: {
    label: "Sign in without the password",
    hint: "On phones that unlock for it.",
  },
};

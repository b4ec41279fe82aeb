// English: everything that the web authenticator says.
import { accounts } from "./accounts";
import { codes } from "./codes";
import { moving } from "./moving";
import { pairing } from "./pairing";
import { problems } from "./problems";
import { requests } from "./requests";

export const en = {
  openSecurity: "Open Security info",
  unknownProblem: "That did not work",
  ...pairing,
  moving,
  ...requests,
  ...accounts,
  ...codes,
  problems,
};

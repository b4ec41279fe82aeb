// The settings of temporary access passes.
import type { Words } from "./index";

export const pass: Words = {
  default_lifetime_minutes: { label: "Minutes that a pass lives, unless told otherwise" },
  min_lifetime_minutes: { label: "Fewest minutes" },
  max_lifetime_minutes: { label: "Most minutes" },
  default_length: { label: "Characters, unless told otherwise", hint: "8 to 48." },
  one_time_only: { label: "Each pass opens one session only" },
};

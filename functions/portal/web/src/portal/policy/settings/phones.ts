// The settings of codes that are sent to phone numbers.
import type { Words } from "./index";

export const phones: Words = {
  countries: {
    label: "Countries",
    hint: "Two letters each, such as PT, DE. Numbers of other countries are neither added nor sent to; none is named at first.",
  },
  a_day: {
    label: "Messages a day, in the whole organization",
    hint: "By the day in UTC. When it is used up, other methods are offered.",
  },
};

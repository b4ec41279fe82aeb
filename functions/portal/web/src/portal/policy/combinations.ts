// Strengths of the organization's own, as lines that are typed: one combination a line, its parts joined by plus signs.

export interface Strength {
  name: string;
  any_of: string[][];
}

/** What a combination may ask for. */
export const WORDS = {
  methods: [
    "password",
    "passkey",
    "authenticator",
    "hardware_oath",
    "totp",
    "sms",
    "voice",
    "recovery_codes",
    "pass",
  ],
  facts: ["knowledge", "possession", "unlocked", "phishing_resistant", "device_bound"],
};

/** The combinations in a text. */
export function toCombinations(text: string): string[][] {
  const parts = (line: string) => [...new Set(line.split(/[+,;\s]+/).filter((word) => word !== ""))];
  return text
    .split("\n")
    .map(parts)
    .filter((words) => words.length > 0);
}

export function fromCombinations(list: readonly (readonly string[])[]): string {
  return list.map((words) => words.join(" + ")).join("\n");
}

/** A strength as one line, for what somebody else has changed. */
export function inShort({ name, any_of }: Strength): string {
  return `${name} (${any_of.map((words) => words.join(" + ")).join(" / ")})`;
}

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

/** The combinations in a text, each with its line as it is typed. Lines without a word are none. */
function lines(text: string): { line: number; words: string[] }[] {
  const parts = (line: string) => [...new Set(line.split(/[+,;\s]+/).filter((word) => word !== ""))];
  return text
    .split("\n")
    .map((line, n) => ({ line: n + 1, words: parts(line) }))
    .filter(({ words }) => words.length > 0);
}

/** The combinations in a text. */
export function toCombinations(text: string): string[][] {
  return lines(text).map(({ words }) => words);
}

/** What is wrong with single combinations, by the line in which each was typed; otherwise what is wrong with all of them. */
export function wrongLines(
  text: string,
  at: (below: string) => string | undefined,
  said: (line: number, says: string) => string,
): string | undefined {
  const found = lines(text).flatMap(({ line }, n) => {
    const says = at(`/${n}`);
    return says ? [said(line, says)] : [];
  });
  return found.length > 0 ? found.join(" ") : at("");
}

export function fromCombinations(list: readonly (readonly string[])[]): string {
  return list.map((words) => words.join(" + ")).join("\n");
}

/** A strength as one line, for what somebody else has changed. */
export function inShort({ name, any_of }: Strength): string {
  return `${name} (${any_of.map((words) => words.join(" + ")).join(" / ")})`;
}

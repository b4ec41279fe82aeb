// Lists of short names as a person types them: separated by commas or spaces.

/** The names in a text, each once, in the order they were typed. */
export function toList(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((name) => name !== ""))];
}

export function fromList(names: readonly string[]): string {
  return names.join(", ");
}

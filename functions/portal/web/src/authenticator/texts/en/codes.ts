// English: the codes on the list, which are there at once.
export const codes = {
  codes: {
    list: "Codes",
    spoken: (digits: string) => `Code ${digits}`,
    left: (seconds: number) => (seconds === 1 ? "1 second left" : `${seconds} seconds left`),
    copy: (title: string, name: string) => `code of ${[title, name].filter(Boolean).join(", ")}`,
    change: (title: string, name: string) => `Rename or remove ${[title, name].filter(Boolean).join(", ")}`,
    broken: "The browser has lost the key. Remove this entry and set it up anew.",
    add: "Add codes by a setup key",
    scanToo: "The square code of any other site that asks for six-digit codes can be scanned as well.",
  },
};

// Guesses what to call this phone in the member's list; the member may write something better.

const LONGEST = 64;

const BROWSERS: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/CrOS/, "ChromeOS"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/Linux/, "Linux"],
];

function first(agent: string, table: [RegExp, string][]): string | undefined {
  return table.find(([pattern]) => pattern.test(agent))?.[1];
}

/** "Chrome on Android"; an iPad that poses as a Mac is told by its touch screen. */
export function guessModel(agent: string, touchPoints = 0): string {
  const system = first(agent, SYSTEMS);
  const named = system === "Mac" && touchPoints > 1 ? "iPad" : system;
  const browser = first(agent, BROWSERS);
  if (browser && named) return `${browser} on ${named}`;
  return browser ?? named ?? "Web browser";
}

/** A name as the protocol takes it: 1–64 characters on one line; the guess where nothing is left. */
export function cleanModel(typed: string, guess: string): string {
  const line = typed.replace(/\p{C}/gu, " ").replace(/\s+/g, " ").trim();
  return Array.from(line).slice(0, LONGEST).join("").trim() || guess;
}

/** Whether this is a browser of Apple's phones and tablets, where only the home-screen app gets pushes. */
export function isApplePhone(agent: string, touchPoints = 0): boolean {
  return /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);
}

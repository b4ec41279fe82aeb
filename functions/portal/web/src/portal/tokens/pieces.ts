// Cuts a file of tokens into pieces that one request carries, each with the header, and puts what was not taken into a file again.
import type { TokensImported } from "../../kit/api-types";

export type Flaw = TokensImported["flaws"][number];

export interface Piece {
  csv: string;
  /** The line of the file that its first row is. */
  firstLine: number;
  rows: number;
}

export type Cut =
  | { ok: true; pieces: Piece[]; rows: number }
  | { ok: false; why: "tooMany" | "notUtf8" | "noRows" | "wrongHeader" };

const COLUMNS = ["upn", "serial number", "secret key", "time interval", "manufacturer", "model"];
const MOST_ROWS = 10_000;
/** Rows of a piece: some seconds of work, so that the progress moves. */
const ROWS = 250;
/** Bytes of a piece as JSON; the service takes 64 kB. */
const BYTES = 48_000;

function isHeader(line: string): boolean {
  const delimiter = [",", ";", "\t"].find((one) => line.includes(one)) ?? ",";
  const names = line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  return (
    names.length === COLUMNS.length && names.every((name, at) => name.trim().toLowerCase() === COLUMNS[at])
  );
}

/** No field of a token has a line break in it, so a row is a line. */
export function cut(file: string): Cut {
  if (file.includes("\uFFFD") || file.includes("\0")) return { ok: false, why: "notUtf8" };
  const lines = file.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const header = lines[0] ?? "";
  if (!isHeader(header)) return { ok: false, why: "wrongHeader" };
  const rows = lines.filter((line, at) => at > 0 && line.trim() !== "").length;
  if (rows === 0) return { ok: false, why: "noRows" };
  if (rows > MOST_ROWS) return { ok: false, why: "tooMany" };
  const pieces: Piece[] = [];
  let now: string[] = [];
  let weight = 0;
  let first = 2;
  const close = (next: number) => {
    const count = now.filter((line) => line.trim() !== "").length;
    if (count > 0) pieces.push({ csv: [header, ...now, ""].join("\n"), firstLine: first, rows: count });
    now = [];
    weight = 0;
    first = next;
  };
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const bytes = new TextEncoder().encode(JSON.stringify(line)).length + 2;
    if (now.length >= ROWS || (now.length > 0 && weight + bytes > BYTES)) close(index + 1);
    now.push(line);
    weight += bytes;
  }
  close(0);
  return { ok: true, pieces, rows };
}

/** A cell for spreadsheets: quoted, and never the beginning of a formula. */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** The rows that were not taken, as a file: which line, which column, what to do. Never what stood there. */
export function flawsAsCsv(flaws: readonly Flaw[], header: readonly string[]): string {
  const rows = flaws.map((flaw) => [String(flaw.line), flaw.column_name ?? "", flaw.code, flaw.fix]);
  return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

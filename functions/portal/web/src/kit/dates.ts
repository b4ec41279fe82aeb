// Writes times for people: local and UTC, how long ago, and the day a row belongs to.
import { locale } from "./texts/language";

const DAY_MS = 86_400_000;

function part(value: string | number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(new Date(value));
}

export function time(value: string): string {
  return part(value, { hour: "2-digit", minute: "2-digit" });
}

export function day(value: string): string {
  return part(value, { day: "numeric", month: "short", year: "numeric" });
}

export function dayAndTime(value: string): string {
  return part(value, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** To the second, with the zone's name, for details. */
export function exact(value: string, zone?: "UTC"): string {
  return part(value, { dateStyle: "medium", timeStyle: "long", ...(zone ? { timeZone: zone } : {}) });
}

/** The local day as a key that sorts: `2026-11-24`. */
export function dayKey(value: string | number): string {
  const date = new Date(value);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A heading for the day: today and yesterday by name. */
export function dayHeading(value: string, now: number): string {
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  const capital = (text: string) => text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
  if (dayKey(value) === dayKey(now)) return capital(relative.format(0, "day"));
  if (dayKey(value) === dayKey(now - DAY_MS)) return capital(relative.format(-1, "day"));
  return part(value, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** "5 minutes ago", "yesterday", and the date itself after a month. */
export function ago(value: string, now: number): string {
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  const seconds = Math.max(0, Math.round((now - Date.parse(value)) / 1000));
  if (seconds < 60) return relative.format(0, "second");
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), "hour");
  if (seconds < 30 * 86_400) return relative.format(-Math.floor(seconds / 86_400), "day");
  return day(value);
}

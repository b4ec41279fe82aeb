// Puts a method into words: the line below its name, and when it came and was used.
import type { Method } from "../../kit/api-types";
import { ago, day, dayAndTime } from "../../kit/dates";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";

const t = portal.security;

const plain = (text: string) => text.trim().replace(/\s+/g, " ").toLocaleLowerCase();

/** The detail, unless the name says it already: a phone is named after its model until its owner finds a better name. */
export function methodDetail(
  { name, detail, passkey }: Pick<Method, "name" | "detail" | "passkey">,
  product?: string,
): string | undefined {
  if (passkey) {
    const maker = product && !plain(name).includes(plain(product)) ? product : undefined;
    return [maker, passkey.synced ? t.synced : t.onOneDevice].filter(Boolean).join(" · ");
  }
  return plain(name).includes(plain(detail)) ? undefined : detail;
}

/** What is known of it in short, each with more for those who look closer. Nobody counts when a password was used. */
export function methodMeta(method: Method, now: number): { text: string; title?: string }[] {
  const used = method.last_used_at;
  const meta = [
    { text: common.strength[method.strength] },
    { text: t.added(day(method.added_at)), title: dayAndTime(method.added_at) },
  ];
  if (method.ends_at) meta.push({ text: t.passEnds(dayAndTime(method.ends_at)), title: "" });
  if (used) meta.push({ text: t.lastUsed(ago(used, now)), title: dayAndTime(used) });
  else if (method.kind !== "password") meta.push({ text: t.neverUsed });
  return meta;
}

// Puts an event into words: its title, one line about where, and every field for the details.
import type { ActivityEvent } from "../../kit/api-types";
import { exact } from "../../kit/dates";
import { beginning } from "../../kit/sentence";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";

const t = portal.activity;

export function eventTitle(event: ActivityEvent): string {
  return t.kinds[event.kind]?.[event.outcome] ?? t.unknownKind;
}

/** Why, in a sentence, by the code. */
export function eventReason(event: ActivityEvent): string {
  if (!event.code) return "";
  if (event.code === "sign_in.rejected" && event.method?.kind === "pass") return t.passRejected;
  return t.reasons[event.code] ?? problemText({ code: event.code, detail: "", fix: "" }).title;
}

function browserAndSystem(event: ActivityEvent): string {
  return event.browser ? portal.sessions.on(event.browser, event.os ?? "") : (event.os ?? "");
}

/** Where and with what, for the row. Events without an address have no place that could be unknown. */
export function eventLine(event: ActivityEvent): string[] {
  const place = event.place ?? (event.address ? t.unknownPlace : "");
  const [first, ...others] = [event.method?.name ?? "", place, browserAndSystem(event)].filter(Boolean);
  return first ? [beginning(first), ...others] : [];
}

/** Every field that the event has, named. `open` tells whether its session still is. */
export function eventFields(
  event: ActivityEvent,
  open: boolean | undefined,
): [name: string, value: string][] {
  const f = t.fields;
  const fields: [string, string | null | undefined | false][] = [
    [f.local, exact(event.at)],
    [f.utc, exact(event.at, "UTC")],
    [f.result, [t.outcomes[event.outcome], eventReason(event)].filter(Boolean).join(": ")],
    [f.app, event.app],
    [f.method, event.method?.name],
    [
      f.number,
      event.number_match && (event.number_match === "matched" ? t.numberMatched : t.numberMismatched),
    ],
    [f.place, event.address || event.place ? (event.place ?? t.unknownPlace) : undefined],
    [f.address, event.address && beginning(event.address)],
    [f.network, event.network],
    [f.browser, event.browser && beginning(event.browser)],
    [f.device, event.os],
    [f.session, event.session_id && open !== undefined && (open ? t.sessionOpen : t.sessionClosed)],
    [f.by, event.by && (event.by === "administrator" ? t.byAdministrator : t.byMember)],
  ];
  return fields.filter((field): field is [string, string] => Boolean(field[1]));
}

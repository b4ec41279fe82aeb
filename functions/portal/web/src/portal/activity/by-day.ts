// Groups activity by the local day it happened on, in the order it came.
import type { ActivityEvent } from "../../kit/api-types";
import { dayKey } from "../../kit/dates";

export interface Day {
  key: string;
  events: ActivityEvent[];
}

export function byDay(events: readonly ActivityEvent[]): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    const key = dayKey(event.at);
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, events: [event] });
  }
  return days;
}

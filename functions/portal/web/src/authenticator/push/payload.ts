// Reads the payload of a push. Whatever arrives, there is something to show: a browser that sees nothing shown may end
// the subscription.

export interface Notice {
  title: string;
  body: string;
  tag: string;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, 200) : otherwise;
}

/** The notification of a declarative payload (`web_push` 8030), or the fallback where it says nothing useful. */
export function readPayload(payload: string | undefined, fallback: Notice): Notice {
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload ?? "");
  } catch {
    return fallback;
  }
  const notification = (parsed as { notification?: Record<string, unknown> } | null)?.notification;
  if (typeof notification !== "object" || notification === null) return fallback;
  return {
    title: text(notification.title, fallback.title),
    body: text(notification.body, fallback.body),
    tag: text(notification.tag, fallback.tag),
  };
}

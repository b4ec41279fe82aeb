// Turns every way a request can fail into one typed problem (RFC 9457) with a code and what to do.

export interface Problem {
  code: string;
  status: number;
  title: string;
  detail: string;
  fix: string;
  request_id?: string;
  action?: { kind: string; href?: string };
  /** Seconds until trying again makes sense. */
  retry_after?: number;
  /** What is wrong with which field of a document, by JSON pointer. */
  errors?: { pointer: string; detail: string }[];
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** A problem that no server wrote: the network's, or an answer that is not ours. */
export function localProblem(code: string, status = 0): Problem {
  return { code, status, title: "", detail: "", fix: "" };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Reads a refused answer; whatever its body is, the outcome is a problem. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: Record<string, unknown> = await response.json().catch(() => ({}));
  const fallback = response.status >= 500 ? "service.failed" : "request.malformed";
  const header = Number(response.headers.get("retry-after"));
  const seconds = typeof body.retry_after === "number" ? body.retry_after : header;
  const action = body.action as Problem["action"];
  return {
    code: text(body.code) || fallback,
    status: response.status,
    title: text(body.title),
    detail: text(body.detail),
    fix: text(body.fix),
    ...(text(body.request_id) ? { request_id: text(body.request_id) } : {}),
    ...(action && typeof action.kind === "string" ? { action } : {}),
    ...(Array.isArray(body.errors) ? { errors: body.errors } : {}),
    ...(seconds > 0 ? { retry_after: Math.ceil(seconds) } : {}),
  };
}

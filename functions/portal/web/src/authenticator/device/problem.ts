// An expected no as a value: what the service refused (RFC 9457), or that it was not reached at all.

export interface Problem {
  code: string;
  status: number;
  detail: string;
  fix: string;
  retryAfterMs: number | undefined;
}

/** What came back of a request. */
export type Reply<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** No answer came: no network, or the service is down. */
export const UNREACHABLE: Problem = {
  code: "network.unreachable",
  status: 0,
  detail: "",
  fix: "",
  retryAfterMs: undefined,
};

function retryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Reads a refusal. One that does not look like the service's own still becomes a problem with a code. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const from = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof from[name] === "string" ? from[name] : "");
  return {
    code: text("code") || (response.status >= 500 ? "service.failed" : "request.malformed"),
    status: response.status,
    detail: text("detail") || text("title"),
    fix: text("fix"),
    retryAfterMs: retryAfter(response.headers),
  };
}

/** Whether the same request may be sent again: nothing was decided. */
export function isPassing(problem: Problem): boolean {
  return problem.status === 0 || problem.status === 429 || problem.status >= 500;
}

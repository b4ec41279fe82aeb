// Every refused answer becomes one typed problem.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readProblem } from "./problem";

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers });

test("a problem document is read", async () => {
  const body = JSON.stringify({
    code: "prompt.muted",
    title: "t",
    detail: "d",
    fix: "f",
    request_id: "r",
    retry_after: 12.2,
    action: { kind: "wait" },
  });
  const problem = await readProblem(answer(429, body));
  assert.deepEqual(problem, {
    code: "prompt.muted",
    status: 429,
    title: "t",
    detail: "d",
    fix: "f",
    request_id: "r",
    retry_after: 13,
    action: { kind: "wait" },
  });
});

test("an answer that is not ours is a problem all the same", async () => {
  assert.equal((await readProblem(answer(502, "<html>bad gateway"))).code, "service.failed");
  assert.equal((await readProblem(answer(400, "[]"))).code, "request.malformed");
  assert.equal((await readProblem(answer(503, "{}", { "retry-after": "30" }))).retry_after, 30);
});

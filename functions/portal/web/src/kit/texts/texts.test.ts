// Every text is there: each problem code has a title and says what to do, and nothing is empty.
import assert from "node:assert/strict";
import { test } from "node:test";
import { common } from "./en/common";
import { people } from "./en/people";
import { portal } from "./en/portal";
import { problems } from "./en/problems";
import { signIn } from "./en/sign-in";
import { problemText } from "./problems";

/** The codes a person can meet on these pages; the server's own list is held against ours in the contract test. */
const CODES = [
  "request.malformed request.foreign_origin request.too_large request.unsupported_media_type request.not_found request.method_not_allowed",
  "session.required session.reauthentication_required session.registration_only session.not_found session.loop session.cookie_blocked",
  "role.required sign_in.rejected sign_in.not_under_way challenge.code_rejected challenge.expired challenge.number_mismatch",
  "challenge.denied challenge.superseded challenge.answered challenge.reported prompt.muted push.not_delivered attempts.exhausted",
  "method.not_found method.last_or_required method.limit_reached policy.method_not_allowed enrollment.expired pairing.expired",
  "invitation.invalid password.too_short password.too_long password.block_listed password.too_weak user_name.taken user_name.invalid",
  "display_name.invalid mail.invalid name.invalid account.not_found account.last_administrator account.state_conflict",
  "activity.not_found cursor.invalid device.proof_invalid device.signature_invalid device.removed device.channel_invalid",
  "service.unavailable service.failed network.unreachable network.timeout",
].flatMap((line) => line.split(" "));

test("every code has a text that says what to do", () => {
  for (const code of CODES) {
    const { title, text } = problemText({ code, detail: "", fix: "" });
    assert.ok(title.length > 0 && text.length > 0, code);
    assert.notEqual(title, code, code);
  }
  assert.deepEqual(Object.keys(problems).sort(), [...CODES].sort());
});

test("a code that is newer than the page speaks for itself", () => {
  assert.deepEqual(problemText({ code: "new.code", title: "New", detail: "It happened.", fix: "Do this." }), {
    title: "New",
    text: "It happened. Do this.",
  });
});

function walk(value: unknown, at: string): void {
  if (typeof value === "string") assert.ok(value.trim().length > 0, at);
  else if (typeof value === "function") assert.ok(String(value("x", "y")).trim().length > 0, at);
  else for (const [key, inner] of Object.entries(value as object)) walk(inner, `${at}.${key}`);
}

test("no text is empty", () => {
  for (const [name, area] of Object.entries({ common, people, portal, problems, signIn })) walk(area, name);
});

test("a link is promised only to those who have not entered yet", () => {
  const said = JSON.stringify([portal, signIn], (_, value) =>
    typeof value === "function" ? String(value) : value,
  );
  assert.doesNotMatch(said, /new link/);
});

test("who was asked for the password alone is told of the password alone", () => {
  for (const [code, { title, text }] of Object.entries(signIn.reauthenticateProblems)) {
    assert.doesNotMatch(`${title} ${text}`, /user name/, code);
    assert.match(`${title} ${text}`, /password/, code);
    assert.match(Object.values(problemText({ code, detail: "", fix: "" })).join(" "), /user name/, code);
  }
});

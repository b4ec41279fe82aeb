// Every text is there: each problem code has a title and says what to do, and nothing is empty.
import assert from "node:assert/strict";
import { test } from "node:test";
import { common } from "./en/common";
import { handedOut } from "./en/handed-out";
import { passes } from "./en/passes";
import { passkeys } from "./en/passkeys";
import { people } from "./en/people";
import { policy } from "./en/policy";
import { portal } from "./en/portal";
import { problems } from "./en/problems";
import { problemsInside } from "./en/problems-inside";
import { recoveryCodes } from "./en/recovery-codes";
import { signIn } from "./en/sign-in";
import { tokens } from "./en/tokens";
import { problemText } from "./problems";
import "./problems-inside";

test("every code has a text that says what to do", () => {
  // That every code of the service has one is held by the test that writes docs/errors.md.
  for (const code of [...Object.keys(problems), ...Object.keys(problemsInside)]) {
    const { title, text } = problemText({ code, detail: "", fix: "" });
    assert.ok(title.length > 0 && text.length > 0, code);
    assert.notEqual(title, code, code);
  }
  const twice = Object.keys(problems).filter((code) => code in problemsInside);
  assert.deepEqual(twice, [], "in one of the two files");
});

test("a code that is newer than the page speaks for itself", () => {
  assert.deepEqual(problemText({ code: "new.code", title: "New", detail: "It happened.", fix: "Do this." }), {
    title: "New",
    text: "It happened. Do this.",
  });
});

const AREAS = {
  common,
  handedOut,
  passes,
  passkeys,
  people,
  policy,
  portal,
  problems,
  problemsInside,
  recoveryCodes,
  signIn,
  tokens,
};

function walk(value: unknown, at: string): void {
  if (typeof value === "string") assert.ok(value.trim().length > 0, at);
  else if (typeof value === "function") assert.ok(String(value("x", "y")).trim().length > 0, at);
  else for (const [key, inner] of Object.entries(value as object)) walk(inner, `${at}.${key}`);
}

test("no text is empty", () => {
  for (const [name, area] of Object.entries(AREAS)) walk(area, name);
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

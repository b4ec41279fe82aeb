// A phone that the service ends while a request is on its screen.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Prompt } from "../device/shapes";
import { type Outcome, openPrompt, outcome, tellRemoved } from "../state";
import type { Account } from "../store/accounts";

const account = (authenticatorId: string) => ({ authenticatorId }) as Account;
const prompt = { id: "prm_1", purpose: "sign_in" } as Prompt;
const told = (kind: Outcome["kind"]): Outcome => ({ kind, account: account("aut_1"), prompt });

beforeEach(() => {
  openPrompt.value = undefined;
  outcome.value = undefined;
});

test("a request of a phone that was removed does not stay on the screen", () => {
  openPrompt.value = { account: account("aut_1"), prompt, replaced: false };
  tellRemoved(account("aut_1"));
  assert.equal(openPrompt.value, undefined);
  assert.equal(outcome.peek()?.kind, "removed");
});

test("an approval of a phone that was removed is not called one any more", () => {
  outcome.value = told("approved");
  tellRemoved(account("aut_1"));
  assert.equal(outcome.peek()?.kind, "removed");
});

test("what was refused stays refused, and other accounts stay as they are", () => {
  outcome.value = told("not_me");
  tellRemoved(account("aut_1"));
  assert.equal(outcome.peek()?.kind, "not_me");
  outcome.value = told("approved");
  tellRemoved(account("aut_2"));
  assert.equal(outcome.peek()?.kind, "approved");
});

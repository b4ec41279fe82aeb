// The form of an invitation: names for the first administrator, and the password with its strength.

import { useSignal } from "@preact/signals";
import { leave, request } from "../../kit/api";
import type { Invitation } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Field, PasswordField } from "../../kit/components/field";
import { ProblemNotice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import { StrengthMeter } from "../../kit/components/strength-meter";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { problemText } from "../../kit/texts/problems";
import { signIn as t } from "../../kit/texts/sign-in";
import { usePasswordCheck } from "./password-check";
import { forgetToken } from "./token";

const MIN_LENGTH = 8;

export function AccountForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const first = invitation.kind === "first_administrator";
  const userName = useSignal(invitation.user_name ?? "");
  const displayName = useSignal(invitation.display_name ?? "");
  const password = useSignal("");
  const tried = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const check = usePasswordCheck(token, userName.value, password.value).value;

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    tried.value = password.value;
    const names = first ? { user_name: userName.value.trim(), display_name: displayName.value.trim() } : {};
    const answer = await request("POST", "/api/v1/invitations/accept", {
      token,
      ...names,
      password: password.value,
    });
    if (answer.ok) {
      forgetToken();
      await leave("/add-method");
      return;
    }
    busy.value = false;
    problem.value = answer.problem;
  };

  const about = (prefix: string): string | undefined => {
    if (!problem.value?.code.startsWith(prefix)) return undefined;
    const { title, text } = problemText(problem.value);
    return `${title}. ${text}`;
  };
  const beside = about("user_name.") ?? about("display_name.") ?? about("password.");
  // What was said of an earlier password is not true of another one.
  const refused = tried.value === password.value ? about("password.") : undefined;
  const weak =
    check && !check.acceptable ? [check.reason, ...check.suggestions].filter(Boolean).join(" ") : undefined;
  const title = first
    ? t.welcomeFirst(invitation.organization)
    : t.welcomeNamed(invitation.display_name ?? invitation.user_name ?? "");

  return (
    <>
      <p class="step-of">{t.stepOf(1, 2)}</p>
      <Heading title={title} />
      <p class="lead">{first ? t.welcomeFirstLead : t.welcomeLead(invitation.organization)}</p>
      <form class="form" onSubmit={submit}>
        {problem.value && !beside ? <ProblemNotice problem={problem.value} /> : null}
        {first ? (
          <>
            <Field
              label={t.displayName}
              name="name"
              value={displayName.value}
              onValue={into(displayName)}
              hint={t.displayNameHint}
              error={about("display_name.")}
              autoComplete="name"
              maxLength={64}
              required
              autoFocus
            />
            <Field
              label={t.userName}
              name="username"
              value={userName.value}
              onValue={into(userName)}
              hint={t.userNameHint}
              error={about("user_name.")}
              autoComplete="username"
              autoCapitalize="none"
              autoCorrect="off"
              spellcheck={false}
              maxLength={254}
              required
            />
          </>
        ) : (
          <p class="identity">
            <span class="soft">{t.welcomeYourUserName}</span> <strong>{userName.value}</strong>
            <input
              type="text"
              name="username"
              value={userName.value}
              autoComplete="username"
              readOnly
              hidden
            />
          </p>
        )}
        <div>
          <PasswordField
            label={t.newPassword}
            name="new-password"
            value={password.value}
            onValue={into(password)}
            hint={t.passwordHint(check?.min_length ?? MIN_LENGTH)}
            error={refused ?? weak}
            autoComplete="new-password"
            required
            autoFocus={!first}
          />
          <StrengthMeter score={password.value ? check?.score : undefined} label={t.strengthLabel} />
        </div>
        <Button type="submit" weight="primary" wide busy={busy.value}>
          {t.createAccount}
        </Button>
      </form>
    </>
  );
}

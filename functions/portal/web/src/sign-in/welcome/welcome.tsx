// Accepts an invitation: greets, and asks for what the account still lacks.
import { useState } from "preact/hooks";
import { request } from "../../kit/api";
import type { Invitation } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Skeleton } from "../../kit/components/loaded";
import { ProblemNotice } from "../../kit/components/notice";
import { Heading } from "../../kit/components/page";
import { useLoad } from "../../kit/load";
import { localProblem } from "../../kit/problem";
import { common } from "../../kit/texts/common";
import { problemText } from "../../kit/texts/problems";
import "../../kit/texts/problems-inside";
import { signIn as t } from "../../kit/texts/sign-in";
import { AccountForm } from "./account-form";
import { takeToken } from "./token";

export function Welcome() {
  const [token] = useState(takeToken);
  const loader = useLoad(async () =>
    token
      ? request<Invitation>("POST", "/api/v1/invitations/inspect", { token })
      : ({ ok: false, problem: localProblem("invitation.invalid", 410) } as const),
  );
  const load = loader.load.value;
  if (load.state === "loading") return <Skeleton rows={3} />;
  if (load.state === "failed" && load.problem.code === "invitation.invalid") {
    const { title, text } = problemText(load.problem);
    return (
      <>
        <Heading title={title} focus />
        <p class="lead">{token ? text : t.noToken}</p>
        <p>
          <a href="/sign-in">{t.title}</a>
        </p>
      </>
    );
  }
  if (load.state === "failed") {
    return (
      <>
        <Heading title={t.welcomeTitle} />
        <ProblemNotice
          problem={load.problem}
          actions={<Button onClick={loader.retry}>{common.tryAgain}</Button>}
        />
      </>
    );
  }
  return <AccountForm token={token ?? ""} invitation={load.value} />;
}

// The set-up of one method: draws the step that the ceremony is at.

import type { ComponentChildren } from "preact";
import type { Enrollment } from "../../kit/api-types";
import { Button, ButtonLink } from "../../kit/components/button";
import { Icon } from "../../kit/components/icon";
import { Later } from "../../kit/components/later";
import { Skeleton } from "../../kit/components/loaded";
import { ProblemNotice } from "../../kit/components/notice";
import { Page } from "../../kit/components/page";
import { navigate } from "../../kit/router";
import { common } from "../../kit/texts/common";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";
import type { Surroundings } from "./add-method";
import { abandon, testEnded, useCeremony } from "./ceremony";
import { Pairing } from "./pairing";
import { TestNumber } from "./test-number";
import { TotpSecret } from "./totp-secret";

const t = portal.add;

const TITLES: Record<string, { title: string; lead: string }> = {
  authenticator: { title: t.authenticatorTitle, lead: t.authenticatorLead },
  totp: { title: t.totpTitle, lead: t.totpLead },
  recovery_codes: { title: t.recoveryTitle, lead: t.recoveryLead },
};

/** These leave nothing to try again with this kind. */
const FINAL = new Set(["method.limit_reached", "method.needs_another_first", "policy.method_not_allowed"]);

export function SetUp({ kind, around }: { kind: Enrollment["kind"]; around: Surroundings }) {
  const ceremony = useCeremony(kind);
  const now = ceremony.enrollment.value;
  const problem = ceremony.problem.value;
  const chooseAnother = () => {
    abandon(kind);
    navigate("/add-method");
  };
  const another = (
    <p>
      <button type="button" class="back" onClick={chooseAnother}>
        <Icon name="back" /> {t.choose}
      </button>
    </p>
  );

  if (now?.state === "complete") return <Finished enrollment={now} around={around} />;
  if (now && (now.state === "testing" || testEnded(now))) {
    const device = now.prompts.find((prompt) => prompt.kind === "number")?.device;
    return (
      <Frame around={around} title={t.testTitle} focus {...(device ? { lead: t.testLead(device) } : {})}>
        <TestNumber enrollment={now} ceremony={ceremony} />
        {another}
      </Frame>
    );
  }
  if (now?.state === "ended") {
    const { title, text } = problemText(now.ended ?? { code: "enrollment.expired", detail: "", fix: "" });
    const pairing = now.ended?.code === "pairing.expired";
    return (
      <Frame around={around} title={title} lead={text} focus>
        <p>
          <Button weight="primary" onClick={ceremony.begin}>
            {pairing ? t.newCode : t.startOver}
          </Button>
        </p>
        {another}
      </Frame>
    );
  }
  return (
    <Frame around={around} {...(TITLES[kind] ?? { title: "", lead: "" })}>
      {problem ? (
        <ProblemNotice
          problem={problem}
          actions={
            FINAL.has(problem.code) ? null : <Button onClick={ceremony.begin}>{common.tryAgain}</Button>
          }
        />
      ) : null}
      {!now && !problem ? <Skeleton rows={3} /> : null}
      {ceremony.lost ? <ProblemNotice problem={ceremony.lost} tone="warning" /> : null}
      {now?.prompts.map((prompt) => {
        if (prompt.kind === "pairing")
          return <Pairing key={prompt.code} prompt={prompt} onTimeUp={ceremony.look} />;
        if (prompt.kind === "totp_secret")
          return <TotpSecret key={prompt.uri} prompt={prompt} ceremony={ceremony} />;
        if (prompt.kind === "recovery_codes")
          return (
            <Later
              of={`codes ${prompt.codes[0]}`}
              load={() => import("./recovery-codes")}
              draw={({ RecoveryCodes }) => (
                <RecoveryCodes prompt={prompt} ceremony={ceremony} around={around} />
              )}
            />
          );
        return null;
      })}
      {another}
    </Frame>
  );
}

export function Frame({
  around,
  title,
  lead,
  focus,
  children,
}: {
  around: Surroundings;
  title: string;
  lead?: string;
  /** The step came by itself, not by a press. */
  focus?: boolean;
  children: ComponentChildren;
}) {
  return (
    <>
      {around.registering ? <p class="step-of">{t.registrationStep}</p> : null}
      <Page key={title} title={title} lead={lead} focus={focus}>
        <div class="ceremony">{children}</div>
      </Page>
    </>
  );
}

export function Finished({ enrollment, around }: { enrollment: Enrollment; around: Surroundings }) {
  const codes = enrollment.kind === "recovery_codes";
  const name = enrollment.method?.name ?? TITLES[enrollment.kind]?.title ?? "";
  const lead = around.registering ? t.registrationDoneText : codes ? t.recoveryDoneText : t.doneText;
  return (
    <div class="finished">
      <span class="finished-mark">
        <Icon name="check" size={36} />
      </span>
      <Page focus title={codes ? t.recoveryDone : t.doneTitle(name)} lead={lead}>
        <div class="button-row">
          <ButtonLink weight="primary" href="/">
            {t.toSecurity}
          </ButtonLink>
          {around.registering ? null : <Button onClick={() => navigate("/add-method")}>{t.addMore}</Button>}
        </div>
      </Page>
    </div>
  );
}

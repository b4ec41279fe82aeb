// Activates a hardware token: its serial number, then a code that it shows. Loaded when first opened.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Enrollment } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { CodeField } from "../../kit/components/code-field";
import { Field } from "../../kit/components/field";
import { Icon } from "../../kit/components/icon";
import { ProblemNotice } from "../../kit/components/notice";
import { into } from "../../kit/into";
import type { Problem } from "../../kit/problem";
import { navigate } from "../../kit/router";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";
import { tokens as t } from "../../kit/texts/tokens";
import type { Surroundings } from "./add-method";
import { Finished, Frame } from "./set-up";

const KIND = "hardware_oath";
/** The ceremony is gone: it begins again with the serial number. */
const OVER = new Set(["enrollment.expired", "request.not_found"]);

export function HardwareTokenSetUp({ around }: { around: Surroundings }) {
  const serial = useSignal("");
  const code = useSignal("");
  const ceremony = useSignal<Enrollment | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);

  const ask = async (path: string, body: unknown) => {
    if (busy.value) return;
    busy.value = true;
    const answer = await call<Enrollment>("POST", path, body, { resume: `/add-method?kind=${KIND}` });
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) ceremony.value = answer.value;
    else if (OVER.has(answer.problem.code)) ceremony.value = undefined;
  };
  const giveUp = () => {
    const id = ceremony.value?.id;
    ceremony.value = undefined;
    problem.value = undefined;
    code.value = "";
    if (id) void call("DELETE", `/me/enrollments/${encodeURIComponent(id)}`);
  };
  const back = (label: string, onClick: () => void) => (
    <p>
      <button type="button" class="back" onClick={onClick}>
        <Icon name="back" /> {label}
      </button>
    </p>
  );
  const beside = (of: string) => {
    if (problem.value?.code !== of) return undefined;
    const { title, text } = problemText(problem.value);
    return `${title}. ${text}`;
  };

  const now = ceremony.value;
  if (now?.state === "complete") return <Finished enrollment={now} around={around} />;
  const prompt = now?.prompts.find((one) => one.kind === "token_code");
  if (now && prompt) {
    const confirm = async (event: Event) => {
      event.preventDefault();
      await ask(`/me/enrollments/${encodeURIComponent(now.id)}/confirm`, { code: code.value });
      if (problem.value) code.value = "";
    };
    const rejected = beside("token.rejected");
    return (
      <Frame around={around} title={t.codeTitle} lead={t.codeLead(prompt.serial)} focus>
        <form class="form narrow" onSubmit={confirm}>
          {problem.value && !rejected ? <ProblemNotice problem={problem.value} /> : null}
          <CodeField digits={prompt.digits} value={code.value} onValue={into(code)} error={rejected} />
          <Button type="submit" weight="primary" busy={busy.value}>
            {t.activate}
          </Button>
        </form>
        {back(t.otherSerial, giveUp)}
      </Frame>
    );
  }
  const begin = async (event: Event) => {
    event.preventDefault();
    await ask("/me/methods", { kind: KIND, serial: serial.value.trim() });
  };
  const invalid = beside("serial.invalid");
  return (
    <Frame around={around} title={t.addTitle} lead={t.addLead}>
      <form class="form narrow" onSubmit={begin}>
        {problem.value && !invalid ? <ProblemNotice problem={problem.value} /> : null}
        <Field
          label={t.serialLabel}
          value={serial.value}
          onValue={into(serial)}
          hint={t.serialHint}
          error={invalid}
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          maxLength={64}
          required
          autoFocus
        />
        <Button type="submit" weight="primary" busy={busy.value}>
          {t.next}
        </Button>
      </form>
      {back(portal.add.choose, () => navigate("/add-method"))}
    </Frame>
  );
}

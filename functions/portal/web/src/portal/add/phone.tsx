// Adds a phone number: country and number first, then the code that goes to it.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { call, leaveForSignIn } from "../../kit/api";
import type { AllowedCountry, Enrollment, Methods } from "../../kit/api-types";
import { serverNow } from "../../kit/clock";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { Icon } from "../../kit/components/icon";
import { Loaded } from "../../kit/components/loaded";
import { ProblemNotice } from "../../kit/components/notice";
import { SentCode } from "../../kit/components/sent-code";
import { into } from "../../kit/into";
import { useLoad } from "../../kit/load";
import type { Problem, Result } from "../../kit/problem";
import { navigate } from "../../kit/router";
import { portal } from "../../kit/texts/portal";
import { problemText } from "../../kit/texts/problems";
import { sentCode as t } from "../../kit/texts/sent-code";
import type { Surroundings } from "./add-method";
import { CountryField, firstCountry } from "./country-field";
import { Finished, Frame } from "./set-up";

type PhoneKind = "sms" | "voice";

const at = (id: string, step: string) => `/me/enrollments/${encodeURIComponent(id)}/${step}`;

/** What may be added, once the proof is fresh enough to add it: a number that was typed must not be lost on the way. */
async function offered(kind: PhoneKind): Promise<Result<Methods>> {
  const answer = await call<Methods>("GET", "/me/methods");
  if (answer.ok && Date.parse(answer.value.fresh_until) <= serverNow())
    return leaveForSignIn(`/add-method?kind=${kind}`, true);
  return answer;
}

export function AddPhone({ kind, around }: { kind: PhoneKind; around: Surroundings }) {
  const loader = useLoad(() => offered(kind));
  const enrollment = useSignal<Enrollment | undefined>(undefined);
  const now = enrollment.value;
  const another = (
    <p>
      <button type="button" class="back" onClick={() => navigate("/add-method")}>
        <Icon name="back" /> {portal.add.choose}
      </button>
    </p>
  );
  if (now?.state === "complete") return <Finished enrollment={now} around={around} />;
  if (now) {
    return (
      <Confirm
        around={around}
        kind={kind}
        now={now}
        take={into(enrollment)}
        other={() => {
          void call("DELETE", `/me/enrollments/${encodeURIComponent(now.id)}`);
          enrollment.value = undefined;
        }}
      >
        {another}
      </Confirm>
    );
  }
  return (
    <Frame around={around} title={t.addTitle[kind]} lead={t.addLead[kind]}>
      <Loaded loader={loader} rows={2}>
        {(methods) => {
          const countries = methods.addable.find((one) => one.kind === kind)?.countries ?? [];
          if (countries.length > 0)
            return <NumberForm kind={kind} countries={countries} take={into(enrollment)} />;
          const why = methods.not_available.find((one) => one.kind === kind);
          return <p>{why?.reason ?? portal.add.noneText}</p>;
        }}
      </Loaded>
      {another}
    </Frame>
  );
}

function NumberForm({
  kind,
  countries,
  take,
}: {
  kind: PhoneKind;
  countries: AllowedCountry[];
  take: (enrollment: Enrollment) => void;
}) {
  const country = useSignal(firstCountry(countries));
  const number = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const asked = { kind, number: number.value, country: country.value };
    const answer = await call<Enrollment>("POST", "/me/methods", asked);
    busy.value = false;
    problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) take(answer.value);
  };
  const wrong = problem.value?.code === "phone_number.invalid" ? problemText(problem.value) : undefined;
  const calling = countries.find((one) => one.code === country.value)?.calling_code ?? "";
  return (
    <form class="form narrow" onSubmit={submit}>
      {problem.value && !wrong ? <ProblemNotice problem={problem.value} /> : null}
      <CountryField countries={countries} value={country.value} onValue={into(country)} />
      <Field
        label={t.number}
        hint={t.numberHint(String(calling))}
        value={number.value}
        onValue={into(number)}
        error={wrong ? `${wrong.title}. ${wrong.text}` : undefined}
        type="tel"
        name="tel"
        autoComplete="tel-national"
        maxLength={32}
        required
      />
      <p class="soft small">{t.consent[kind]}</p>
      <Button type="submit" weight="primary" busy={busy.value}>
        {t.next}
      </Button>
    </form>
  );
}

function Confirm({
  around,
  kind,
  now,
  take,
  other,
  children,
}: {
  around: Surroundings;
  kind: PhoneKind;
  now: Enrollment;
  take: (enrollment: Enrollment) => void;
  other: () => void;
  children: ComponentChildren;
}) {
  const prompt = now.prompts.find((one) => one.kind === "sent_code");
  const over = useSignal<Problem | undefined>(undefined);
  const taken = (answer: Result<Enrollment>): Problem | undefined => {
    if (answer.ok) take(answer.value);
    else if (answer.problem.code === "enrollment.expired") over.value = answer.problem;
    else return answer.problem;
    return undefined;
  };
  if (!prompt || over.value) {
    const { title, text } = problemText(over.value ?? { code: "enrollment.expired", detail: "", fix: "" });
    return (
      <Frame around={around} title={title} lead={text} focus>
        <p>
          <Button weight="primary" onClick={other}>
            {portal.add.startOver}
          </Button>
        </p>
        {children}
      </Frame>
    );
  }
  const sent = prompt.delivery === "sent";
  const words = sent ? t.lead[kind](prompt.number) : t.leadNotSent[kind](prompt.number);
  return (
    <Frame around={around} title={sent ? t.title[kind] : t.titleNotSent[kind]} lead={words} focus>
      <div class="form narrow">
        <SentCode
          prompt={prompt}
          submitLabel={t.confirm}
          enter={async (code) => taken(await call("POST", at(now.id, "confirm"), { code }))}
          send={async () => taken(await call("POST", at(now.id, "message")))}
        />
      </div>
      <p>
        <button type="button" class="back" onClick={other}>
          <Icon name="edit" /> {t.otherNumber}
        </button>
      </p>
      {children}
    </Frame>
  );
}

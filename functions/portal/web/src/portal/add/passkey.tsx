// Adds a passkey or security key, or this device's own: one press, the browser's question, done.

import { useSignal } from "@preact/signals";
import { call } from "../../kit/api";
import type { Enrollment } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Icon } from "../../kit/components/icon";
import { ProblemNotice } from "../../kit/components/notice";
import { create, type Made } from "../../kit/passkeys";
import type { Problem, Result } from "../../kit/problem";
import { navigate } from "../../kit/router";
import { passkeys as t } from "../../kit/texts/passkeys";
import { portal } from "../../kit/texts/portal";
import { productName } from "../security/products";
import type { Surroundings } from "./add-method";
import { Finished, Frame } from "./set-up";
import { thisDevice } from "./this-device";

/** These leave nothing to try again with this kind. */
const FINAL = new Set(["method.limit_reached", "policy.method_not_allowed"]);

interface AddPasskeyProps {
  around: Surroundings;
  /** This device's own authenticator, and no other. */
  here: boolean;
}

/** What to call it: this device's own by its name, others by their maker's, where it is known. */
async function nameOf(made: Made, here: boolean): Promise<string> {
  if (here) return t.hereChoice(thisDevice());
  return (await productName(made.aaguid).catch(() => undefined)) ?? t.name;
}

async function add(here: boolean): Promise<Result<Enrollment>> {
  const resume = `/add-method?kind=passkey${here ? "&here=1" : ""}`;
  const begun = await call<Enrollment>(
    "POST",
    "/me/methods",
    { kind: "passkey", ...(here ? { attachment: "platform" } : {}) },
    { resume },
  );
  if (!begun.ok) return begun;
  const at = `/me/enrollments/${encodeURIComponent(begun.value.id)}`;
  const prompt = begun.value.prompts.find((one) => one.kind === "passkey");
  if (prompt?.kind !== "passkey") return begun;
  const made = await create(prompt.options);
  if (!made.ok) {
    void call("DELETE", at);
    return made;
  }
  const name = await nameOf(made.value, here);
  return call<Enrollment>("POST", `${at}/confirm`, { credential: made.value.credential, name });
}

export function AddPasskey({ around, here }: AddPasskeyProps) {
  const done = useSignal<Enrollment | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const name = thisDevice();

  const begin = async () => {
    busy.value = true;
    problem.value = undefined;
    const answer = await add(here);
    busy.value = false;
    if (answer.ok) done.value = answer.value;
    else problem.value = answer.problem;
  };

  if (done.value) return <Finished enrollment={done.value} around={around} />;
  const refused = problem.value;
  return (
    <Frame
      around={around}
      title={here ? t.addHereTitle(name) : t.addTitle}
      lead={here ? t.addHereLead(t.hereChoice(name)) : t.addLead}
    >
      {refused ? <ProblemNotice problem={refused} words={t.problems[refused.code]} /> : null}
      <section class="panel">
        <p>{here ? t.addHereText : t.addText}</p>
        {refused && FINAL.has(refused.code) ? null : (
          <p>
            <Button weight="primary" icon="key" busy={busy.value} onClick={begin}>
              {here ? t.makeHere(name) : t.make}
            </Button>
          </p>
        )}
      </section>
      <p>
        <button type="button" class="back" onClick={() => navigate("/add-method")}>
          <Icon name="back" /> {portal.add.choose}
        </button>
      </p>
    </Frame>
  );
}

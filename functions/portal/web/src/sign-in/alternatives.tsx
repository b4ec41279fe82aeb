// The other ways that policy allows, strongest first.
import { useSignal } from "@preact/signals";
import { request } from "../kit/api";
import type { Alternative, SignIn } from "../kit/api-types";
import { Icon, methodIcon } from "../kit/components/icon";
import { ProblemNotice } from "../kit/components/notice";
import { useLoad } from "../kit/load";
import type { Problem } from "../kit/problem";
import { signIn as t } from "../kit/texts/sign-in";
import { choose } from "./flow";

function words(way: Alternative): { title: string; text: string } {
  switch (way.prompt) {
    case "number":
      return { title: t.useAuthenticator(way.name), text: t.useAuthenticatorText };
    case "code":
      return { title: t.useCode(way.name), text: t.useCodeText };
    case "passkey":
      return { title: t.usePasskey, text: t.usePasskeyText };
    case "sent_code":
      return {
        title: (way.kind === "voice" ? t.useCall : t.useMessage)(way.number ?? way.name),
        text: way.name,
      };
    case "text":
      return { title: t.useText(way.name), text: t.useTextText };
  }
}

/** The organization's help page, if it has one; asked for only when somebody is left without a way. */
function HelpLink() {
  const load = useLoad(() => request<{ help_url?: string }>("GET", "/device/v1/configuration")).load.value;
  const href = load.state === "ready" ? load.value.help_url : undefined;
  return href?.startsWith("https://") ? <a href={href}>{t.help}</a> : null;
}

/** Folded, it opens at "I can't use that right now". */
export function Alternatives({ signIn, folded }: { signIn: SignIn; folded?: boolean }) {
  const problem = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const opened = useSignal(!folded);
  const take = async (way: Alternative) => {
    if (busy.value) return;
    busy.value = true;
    problem.value = await choose(way, signIn);
    busy.value = false;
  };
  const list = (
    <div class="ways">
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {signIn.alternatives.length === 0 ? (
        <p class="soft">
          {t.noOtherWays} {opened.value ? <HelpLink /> : null}
        </p>
      ) : null}
      <ul>
        {signIn.alternatives.map((way) => (
          <li key={way.authenticator_id}>
            <button type="button" class="way" onClick={() => take(way)}>
              <span class="tile">
                <Icon name={methodIcon(way.kind)} />
              </span>
              <span>
                <span class="way-title">{words(way).title}</span>
                <span class="way-text">{words(way).text}</span>
              </span>
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
  if (!folded) return list;
  return (
    <details
      class="fold"
      onToggle={(event) => {
        opened.value ||= event.currentTarget.open;
      }}
    >
      <summary>
        {t.cantUse}
        <Icon name="chevron" />
      </summary>
      {list}
    </details>
  );
}

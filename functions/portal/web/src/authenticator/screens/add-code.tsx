// Adds an account whose codes this phone shows: from what was scanned or pasted, or from a setup key that is typed.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { Notice } from "../../kit/components/notice";
import { into } from "../../kit/into";
import { keepDraft } from "../codes/keep";
import { offered } from "../codes/offered";
import { cleanName, type Draft, type Refusal, readOtpauth, readSecret, USUAL } from "../codes/otpauth";
import { setUp } from "../codes/texts";
import { goBack, goHome } from "../route";
import { Shell } from "../shell";
import { texts } from "../texts";
import { Names } from "./code-names";

function words(refusal: Refusal): string {
  const t = setUp.add;
  if (refusal.why === "strange_secret") return t.strange(refusal.characters);
  return "given" in refusal ? t[refusal.why](refusal.given) : t.refused[refusal.why];
}

export function AddCode() {
  const text = useSignal(offered.peek());
  // The secret is nobody's who comes to this screen later.
  useEffect(() => {
    offered.value = undefined;
  }, []);
  if (text.value === undefined) return <Form onLink={into(text)} />;
  const read = readOtpauth(text.value);
  if (read.ok) return <Form key="read" draft={read.value} />;
  return <Refused text={words(read.refusal)} onType={() => into(text)(undefined)} />;
}

function Refused({ text, onType }: { text: string; onType: () => void }) {
  const t = setUp.add;
  return (
    <Shell
      title={t.refusedTitle}
      lead={text}
      onBack={goBack}
      focus
      actions={
        <Button wide icon="code" onClick={onType}>
          {t.typeInstead}
        </Button>
      }
    />
  );
}

/** With a draft only its names are asked; without one the setup key as well. */
function Form({ draft, onLink }: { draft?: Draft; onLink?: (text: string) => void }) {
  const secret = useSignal("");
  const issuer = useSignal(draft?.issuer ?? "");
  const name = useSignal(draft?.name ?? "");
  const wrong = useSignal<{ secret?: string; name?: string; all?: string }>({});
  const busy = useSignal(false);
  const t = setUp.add;

  const typed = (text: string) => {
    wrong.value = {};
    // The whole link may be pasted as well.
    if (/^\s*otpauth:/i.test(text)) onLink?.(text);
    else secret.value = text;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    const names = { issuer: cleanName(issuer.value), name: cleanName(name.value) };
    const read = draft ? { ok: true as const, value: draft.secret } : readSecret(secret.value);
    const nameless = names.issuer || names.name ? undefined : t.nameless;
    if (!read.ok || nameless) {
      wrong.value = {
        ...(read.ok ? {} : { secret: words(read.refusal) }),
        ...(nameless ? { name: nameless } : {}),
      };
      return;
    }
    busy.value = true;
    const kept = await keepDraft({ ...USUAL, ...draft, ...names, secret: read.value });
    busy.value = false;
    if (kept === "kept") goHome();
    else wrong.value = kept === "twice" ? { name: t.twice } : { all: texts.storage.brokenText };
  };
  return (
    <Shell title={t.title} lead={draft ? t.scannedLead : t.lead} onBack={goBack} focus>
      <form class="form" onSubmit={(event) => void submit(event)} noValidate>
        {wrong.value.all ? (
          <Notice tone="danger" title={texts.storage.brokenTitle}>
            {wrong.value.all}
          </Notice>
        ) : null}
        {draft ? null : (
          <div class="pairing-code-field">
            <Field
              label={t.secret}
              hint={t.secretHint}
              value={secret.value}
              onValue={typed}
              error={wrong.value.secret}
              name="setup-key"
              autoComplete="off"
              autoCapitalize="characters"
              autoCorrect="off"
              spellcheck={false}
              required
            />
          </div>
        )}
        <Names issuer={issuer} name={name} error={wrong.value.name} />
        <Button weight="primary" wide type="submit" busy={busy.value}>
          {t.submit}
        </Button>
      </form>
    </Shell>
  );
}

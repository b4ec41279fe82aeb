// Types a pairing code: capitals, spaces and dashes do not matter, and a whole one is sent as soon as it is confirmed.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { offerCode } from "../codes/offered";
import { CODE_LENGTH, cleanCode, parseCode, readScanned, showCode, strangeCharacters } from "../device/code";
import { pair } from "../pairing";
import { goBack } from "../route";
import { Shell } from "../shell";
import { texts } from "../texts";

export function TypeCode() {
  const code = useSignal("");
  const error = useSignal<string | undefined>(undefined);
  const t = texts.type;

  const typed = (text: string) => {
    // The whole link may be pasted as well.
    const link = readScanned(text.trim(), location.origin);
    if (link.kind === "otpauth") {
      offerCode(text);
      return;
    }
    code.value = link.kind === "code" ? link.code : cleanCode(text);
    const strange = link.kind === "code" ? [] : strangeCharacters(text);
    error.value = strange.length > 0 ? t.strange(strange) : undefined;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const whole = parseCode(code.value);
    if (whole) void pair(whole);
    else error.value = t.count(code.value.length, CODE_LENGTH);
  };
  return (
    <Shell title={t.title} onBack={goBack} focus>
      <form class="form" onSubmit={submit} noValidate>
        <div class="pairing-code-field">
          <Field
            label={t.label}
            value={showCode(code.value)}
            onValue={typed}
            hint={t.hint}
            error={error.value}
            name="pairing-code"
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellcheck={false}
            enterKeyHint="go"
            required
          />
        </div>
        <Button weight="primary" wide type="submit">
          {t.submit}
        </Button>
      </form>
    </Shell>
  );
}

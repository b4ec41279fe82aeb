// The two fields that name an account with codes, where it is added and where it is renamed.
import type { Signal } from "@preact/signals";
import { Field } from "../../kit/components/field";
import { into } from "../../kit/into";
import { setUp } from "../codes/texts";

interface NamesProps {
  issuer: Signal<string>;
  name: Signal<string>;
  error?: string | undefined;
}

export function Names({ issuer, name, error }: NamesProps) {
  const t = setUp.add;
  return (
    <>
      <Field
        label={t.issuer}
        value={issuer.value}
        onValue={into(issuer)}
        name="code-issuer"
        maxLength={64}
        autoComplete="off"
      />
      <Field
        label={t.name}
        hint={t.nameHint}
        error={error}
        value={name.value}
        onValue={into(name)}
        name="code-name"
        maxLength={64}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
      />
    </>
  );
}

// What a passkey must prove of its model, and the roots that are trusted for it: the two hang together.
import { TextArea } from "../../../kit/components/text-area";
import type { Value } from "../document";
import { Choice } from "./choice";
import type { DrawProps } from "./index";

const t = {
  label: "Proof of the model at registration",
  none: "Not asked for",
  required: "Required, signed by a maker that is trusted",
  roots: "Trusted roots, as PEM, one after the other",
  certificate: (number: number, says: string) => `Certificate ${number}: ${says}`,
};

function roots(value: Value): string[] {
  const list = typeof value === "object" && value !== null && !Array.isArray(value) ? value.roots : [];
  return Array.isArray(list) ? list.map(String) : [];
}

function isRequired(value: Value): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && value.mode === "required";
}

/** The certificates in a text, each whole; what stands outside of them is kept too, so that it is told as wrong. */
function split(text: string): string[] {
  return text
    .split(/(?<=-----END CERTIFICATE-----)/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** What is wrong with which of several; with the only one, or with all of them, as it is. */
function wrong(count: number, at: DrawProps["at"]): string | undefined {
  const found = Array.from({ length: count }, (_, n) => [n + 1, at(`/roots/${n}`)] as const);
  const said = found.flatMap(([number, says]) => (says ? [t.certificate(number, says)] : []));
  return count > 1 && said.length > 0 ? said.join(" ") : at("/roots");
}

export function Attestation({ value, at, onValue }: DrawProps) {
  const required = isRequired(value);
  return (
    <>
      <Choice
        label={t.label}
        hint={undefined}
        options={[
          [false, t.none],
          [true, t.required],
        ]}
        value={required}
        onValue={(next) => onValue(next ? { mode: "required", roots: roots(value) } : { mode: "none" })}
      />
      {required ? (
        <TextArea
          label={t.roots}
          error={wrong(roots(value).length, at)}
          rows={6}
          value={roots(value).join("\n")}
          onChange={(event) => onValue({ mode: "required", roots: split(event.currentTarget.value) })}
        />
      ) : null}
    </>
  );
}

// A labelled input with its hint and its error, tied together for assistive technology.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { common } from "../texts/common";
import { Icon } from "./icon";

export interface FieldProps {
  type?: "text" | "password" | "email" | "tel" | "datetime-local";
  name?: string;
  autoComplete?: string;
  pattern?: string;
  enterKeyHint?: "done" | "go" | "next" | "send";
  readOnly?: boolean;
  autoCapitalize?: "none" | "sentences" | "characters";
  autoCorrect?: "off";
  inputMode?: "numeric" | "text";
  spellcheck?: boolean;
  maxLength?: number;
  required?: boolean;
  autoFocus?: boolean;
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  /** Drawn at the end of the input. */
  after?: ComponentChildren;
}

export function Field({ label, value, onValue, hint, error, after, autoFocus, ...rest }: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field${error ? " field-wrong" : ""}`}>
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          ref={input}
          data-first={autoFocus || undefined}
          id={id}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
          aria-describedby={described || undefined}
          aria-invalid={error ? "true" : undefined}
          {...(rest as InputHTMLAttributes<HTMLInputElement>)}
        />
        {after}
      </div>
      {error ? (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warning" size={16} /> {error}
        </p>
      ) : null}
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** A password: can be shown, can be pasted, never corrected. */
export function PasswordField(props: Omit<FieldProps, "type" | "after">) {
  const shown = useSignal(false);
  return (
    <Field
      {...props}
      type={shown.value ? "text" : "password"}
      autoCapitalize="none"
      autoCorrect="off"
      spellcheck={false}
      maxLength={256}
      after={
        <button
          type="button"
          class="field-button"
          aria-label={shown.value ? common.hidePasswordLabel : common.showPasswordLabel}
          aria-pressed={shown.value}
          onClick={() => {
            shown.value = !shown.value;
          }}
        >
          {shown.value ? common.hidePassword : common.showPassword}
        </button>
      }
    />
  );
}

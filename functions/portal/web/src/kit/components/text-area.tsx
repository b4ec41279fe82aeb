// A labelled text of several lines with its hint and its error, tied together for assistive technology.
import type { TextareaHTMLAttributes } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon";

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

export function TextArea({ label, hint, error, ...rest }: TextAreaProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field${error ? " field-wrong" : ""}`}>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        spellcheck={false}
        aria-describedby={described || undefined}
        aria-invalid={error ? "true" : undefined}
        {...rest}
      />
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

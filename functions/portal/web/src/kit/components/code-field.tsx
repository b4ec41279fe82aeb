// One input for a one-time code: the phone's keyboard offers it, pasting with spaces works.
import { cleanCode } from "../cleaning";
import { common } from "../texts/common";
import { Field } from "./field";

interface CodeFieldProps {
  digits: number;
  value: string;
  onValue: (code: string) => void;
  label?: string;
  error?: string | undefined;
  autoFocus?: boolean;
}

export function CodeField({ digits, value, onValue, label, error, autoFocus }: CodeFieldProps) {
  return (
    <div class="code-field">
      <Field
        label={label ?? common.digits(digits)}
        value={value}
        onValue={(typed) => onValue(cleanCode(typed, digits))}
        hint={common.codeHint(digits)}
        error={error}
        type="text"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus={autoFocus ?? false}
        spellcheck={false}
        required
      />
    </div>
  );
}

// A setting that is one of a few values.
import { useId } from "preact/hooks";
import type { Value } from "../document";

interface ChoiceProps {
  label: string;
  hint: string | undefined;
  options: [value: Value, label: string][];
  value: Value;
  onValue: (value: Value) => void;
}

export function Choice({ label, hint, options, value, onValue }: ChoiceProps) {
  const id = useId();
  const chosen = options.findIndex(([option]) => option === value);
  return (
    <fieldset class="radios">
      <legend class="legend">{label}</legend>
      {hint ? <p class="soft small">{hint}</p> : null}
      {options.map(([option, words], index) => (
        <label class="check" key={words}>
          <input
            type="radio"
            name={id}
            checked={index === Math.max(chosen, 0)}
            onChange={() => onValue(option)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}

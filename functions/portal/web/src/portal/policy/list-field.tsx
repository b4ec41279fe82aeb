// A list of short names in one line; what is typed stays as it was typed until the list is another one.
import { useSignal } from "@preact/signals";
import { Field } from "../../kit/components/field";
import { fromList, toList } from "../../kit/lists";

interface ListFieldProps {
  label: string;
  list: string[];
  onList: (list: string[]) => void;
  hint?: string | undefined;
  error?: string | undefined;
}

export function ListField({ label, list, onList, hint, error }: ListFieldProps) {
  const text = useSignal(fromList(list));
  const same = fromList(toList(text.value)) === fromList(list);
  return (
    <Field
      label={label}
      value={same ? text.value : fromList(list)}
      onValue={(value) => {
        text.value = value;
        onList(toList(value));
      }}
      hint={hint}
      error={error}
      autoComplete="off"
      autoCapitalize="none"
      spellcheck={false}
    />
  );
}

// The strengths of the organization's own: named sets of combinations, of which one is enough.
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { Field } from "../../kit/components/field";
import { TextArea } from "../../kit/components/text-area";
import { policy } from "../../kit/texts/policy";
import { fromCombinations, type Strength, toCombinations, WORDS, wrongLines } from "./combinations";

const t = policy.strengths;
/** As many as the service keeps. */
const MOST = 15;

interface StrengthsProps {
  list: Strength[];
  /** What is wrong with the field at a JSON pointer. */
  at: (pointer: string) => string | undefined;
  onList: (list: Strength[]) => void;
}

export function Strengths({ list, at, onList }: StrengthsProps) {
  const id = useId();
  const added = useSignal(-1);
  const one = (n: number, next: Partial<Strength>) =>
    onList(list.map((strength, m) => (m === n ? { ...strength, ...next } : strength)));
  const full = list.length >= MOST;
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{t.title}</h2>
      <p class="soft">{t.lead}</p>
      {list.length === 0 ? <p>{t.none}</p> : null}
      {list.map((strength, n) => (
        <fieldset class="radios settings" key={n}>
          <legend class="legend">{strength.name || t.unnamed}</legend>
          <Field
            label={t.name}
            value={strength.name}
            onValue={(name) => one(n, { name })}
            error={at(`/strengths/${n}/name`)}
            maxLength={64}
            autoComplete="off"
            autoFocus={added.value === n}
          />
          <Combinations
            list={strength.any_of}
            at={(below) => at(`/strengths/${n}/any_of${below}`)}
            onList={(any_of) => one(n, { any_of })}
          />
          <p>
            <Button
              weight="quiet"
              aria-label={t.removeLabel(strength.name || t.unnamed)}
              onClick={() => {
                added.value = -1;
                onList(list.filter((_, m) => m !== n));
                // The button that was pressed is gone with it
                requestAnimationFrame(() => document.getElementById(`${id}-add`)?.focus());
              }}
            >
              {t.remove}
            </Button>
          </p>
        </fieldset>
      ))}
      {full ? (
        <p class="soft" id={`${id}-full`}>
          {t.full(MOST)}
        </p>
      ) : null}
      <p>
        <Button
          id={`${id}-add`}
          disabled={full}
          aria-describedby={full ? `${id}-full` : undefined}
          onClick={() => {
            added.value = list.length;
            onList([...list, { name: "", any_of: [] }]);
          }}
        >
          {t.add}
        </Button>
      </p>
    </section>
  );
}

interface CombinationsProps {
  list: string[][];
  /** What is wrong at a JSON pointer below the combinations. */
  at: (below: string) => string | undefined;
  onList: (list: string[][]) => void;
}

/** What is typed stays as it was typed until it means something else. */
function Combinations({ list, at, onList }: CombinationsProps) {
  const text = useSignal(fromCombinations(list));
  const same = fromCombinations(toCombinations(text.value)) === fromCombinations(list);
  const shown = same ? text.value : fromCombinations(list);
  return (
    <TextArea
      label={t.combinations}
      hint={t.hint(WORDS.methods.join(", "), WORDS.facts.join(", "))}
      error={wrongLines(shown, at, t.line)}
      rows={3}
      autoCapitalize="none"
      value={shown}
      onInput={(event) => {
        text.value = event.currentTarget.value;
        onList(toCombinations(text.value));
      }}
    />
  );
}

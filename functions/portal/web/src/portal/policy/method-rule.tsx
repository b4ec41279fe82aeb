// One method in the policy: for whom it is, and its own settings.
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Icon, methodIcon } from "../../kit/components/icon";
import { policy as t } from "../../kit/texts/policy";
import type { Rule, Value } from "./document";
import { ListField } from "./list-field";
import { Settings } from "./settings/index";

type Whom = "everybody" | "some" | "nobody";
const WHOM: Whom[] = ["everybody", "some", "nobody"];

export interface RuleProps {
  kind: string;
  rule: Rule;
  /** What is wrong with the field at a JSON pointer. */
  at: (pointer: string) => string | undefined;
  edit: (path: string[], value: Value) => void;
}

function whomOf(rule: Rule): Whom {
  if (!rule.enabled) return "nobody";
  return rule.groups.length > 0 ? "some" : "everybody";
}

export function MethodRule({ kind, rule, at, edit }: RuleProps) {
  const id = useId();
  // "Only these groups" stays chosen while none is typed yet
  const asked = useSignal<Whom | undefined>(undefined);
  const whom = rule.enabled && asked.value === "some" ? "some" : whomOf(rule);
  const choose = (next: Whom) => {
    asked.value = next;
    edit([kind, "enabled"], next !== "nobody");
    if (next === "everybody") edit([kind, "groups"], []);
  };
  const wrong = at(`/${kind}/enabled`);
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>
        <Icon name={methodIcon(kind)} size={22} /> {t.methods[kind] ?? kind}
      </h2>
      <fieldset class="radios">
        <legend class="legend">{t.audience}</legend>
        {WHOM.map((item) => (
          <label class="check" key={item}>
            <input type="radio" name={`${kind}-whom`} checked={whom === item} onChange={() => choose(item)} />
            <span>{t[item]}</span>
          </label>
        ))}
      </fieldset>
      {wrong ? <p class="field-error">{wrong}</p> : null}
      {whom === "some" ? (
        <ListField
          label={t.groups}
          list={rule.groups}
          onList={(list) => edit([kind, "groups"], list)}
          error={at(`/${kind}/groups`)}
        />
      ) : null}
      {whom === "nobody" ? null : (
        <>
          <ListField
            label={t.excluded}
            list={rule.excluded}
            onList={(list) => edit([kind, "excluded"], list)}
            hint={t.excludedHint}
            error={at(`/${kind}/excluded`)}
          />
          <Settings kind={kind} settings={rule.settings} at={at} edit={edit} />
        </>
      )}
    </section>
  );
}

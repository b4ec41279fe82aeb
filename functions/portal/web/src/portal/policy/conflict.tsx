// Somebody else has saved first: what they changed, and the two ways on.
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { policy as t } from "../../kit/texts/policy";
import { inShort, type Strength } from "./combinations";
import type { Change, Value } from "./document";
import { settingLabel } from "./settings/index";

function isStrength(value: unknown): value is Strength {
  return typeof value === "object" && value !== null && "any_of" in value;
}

function shown(value: Value | undefined): string {
  if (value === undefined || value === null || value === "") return t.empty;
  if (typeof value === "boolean") return value ? t.on : t.off;
  if (Array.isArray(value)) return value.length > 0 ? value.map(shown).join(", ") : t.empty;
  if (typeof value !== "object") return String(value);
  return isStrength(value) ? inShort(value) : JSON.stringify(value);
}

function field([first = "", ...rest]: string[]): string {
  const [name, ...below] = rest;
  if (name === undefined) return t.fields[first] ?? t.methods[first] ?? first;
  const words = name === "settings" && below[0] ? settingLabel(first, below) : (t.fields[name] ?? name);
  return `${t.methods[first] ?? first}, ${words}`;
}

interface ConflictProps {
  list: Change[];
  onKeep: () => void;
  onLoad: () => void;
}

export function Conflict({ list, onKeep, onLoad }: ConflictProps) {
  return (
    <Notice
      tone="warning"
      title={t.conflictTitle}
      actions={
        <>
          <Button onClick={onKeep}>{t.conflictKeep}</Button>
          <Button weight="quiet" onClick={onLoad}>
            {t.conflictLoad}
          </Button>
        </>
      }
    >
      {list.length === 0 ? (
        t.conflictNothing
      ) : (
        <>
          <p>{t.conflictText}</p>
          <ul>
            {list.map(({ path, before, after }) => (
              <li key={path.join("/")}>{t.was(field(path), shown(before), shown(after))}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

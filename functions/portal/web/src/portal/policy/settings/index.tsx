// A method's own settings: drawn by what they hold, in the words of the method's own module where it has one.
import type { FunctionComponent } from "preact";
import { Field } from "../../../kit/components/field";
import { policy as t } from "../../../kit/texts/policy";
import type { Fields, Value } from "../document";
import { ListField } from "../list-field";
import { authenticator } from "./authenticator";
import { Choice } from "./choice";
import { pass } from "./pass";
import { passkey } from "./passkey";
import { phones } from "./phones";

/** What is said of one setting; the rest follows from what it holds. */
export interface Setting {
  label: string;
  hint?: string;
  /** What may be chosen, where it is one of a few. What is none of them shows as the first. */
  options?: [value: Value, label: string][];
  /** What draws it, where its parts hang together. */
  draw?: FunctionComponent<DrawProps>;
}

interface OneProps {
  value: Value;
  error: string | undefined;
  onValue: (value: Value) => void;
}

export interface DrawProps extends Omit<OneProps, "error"> {
  /** What is wrong at a JSON pointer below the setting. */
  at: (below: string) => string | undefined;
}

/** One module a method: add a line. Paths below `settings`, joined by dots. */
export type Words = Record<string, Setting>;
const WORDS: Record<string, Words> = { pass, passkey, authenticator, sms: phones, voice: phones };

function setting(kind: string, path: string[]): Setting {
  const name = path[path.length - 1] ?? "";
  const plain = name.replaceAll("_", " ");
  return WORDS[kind]?.[path.join(".")] ?? { label: plain.charAt(0).toUpperCase() + plain.slice(1) };
}

export function settingLabel(kind: string, path: string[]): string {
  return setting(kind, path).label;
}

interface SettingsProps {
  kind: string;
  settings: Fields;
  at: (pointer: string) => string | undefined;
  edit: (path: string[], value: Value) => void;
}

export function Settings({ kind, settings, at, edit }: SettingsProps) {
  if (Object.keys(settings).length === 0) return null;
  return (
    <fieldset class="radios settings">
      <legend class="legend">{t.settings}</legend>
      <Below kind={kind} path={[]} fields={settings} at={at} edit={edit} />
    </fieldset>
  );
}

function Below({
  kind,
  path,
  fields,
  at,
  edit,
}: Omit<SettingsProps, "settings"> & { path: string[]; fields: Fields }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => {
        const here = [...path, name];
        const words = setting(kind, here);
        const below = (pointer: string) => at(`/${kind}/settings/${here.join("/")}${pointer}`);
        const onValue = (next: Value) => edit([kind, "settings", ...here], next);
        if (words.draw) return <words.draw key={name} value={value} at={below} onValue={onValue} />;
        if (typeof value === "object" && value !== null && !Array.isArray(value)) {
          return <Below key={name} kind={kind} path={here} fields={value} at={at} edit={edit} />;
        }
        return <One key={name} words={words} value={value} error={below("")} onValue={onValue} />;
      })}
    </>
  );
}

function One({ words, value, error, onValue }: OneProps & { words: Setting }) {
  const { label, hint, options } = words;
  if (options) return <Choice label={label} hint={hint} options={options} value={value} onValue={onValue} />;
  if (typeof value === "boolean") {
    return (
      <label class="check">
        <input type="checkbox" checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />
        <span>
          {label} {hint ? <span class="soft small">{hint}</span> : null}
        </span>
      </label>
    );
  }
  if (Array.isArray(value)) {
    const list = value.map(String);
    return <ListField label={label} list={list} onList={onValue} hint={hint ?? t.listHint} error={error} />;
  }
  const number = typeof value === "number";
  return (
    <Field
      label={label}
      value={value === null ? "" : String(value)}
      onValue={(text) => onValue(number && /^\d+$/.test(text) ? Number(text) : text === "" ? null : text)}
      hint={hint}
      error={error}
      {...(number ? { inputMode: "numeric" as const } : {})}
      autoComplete="off"
    />
  );
}

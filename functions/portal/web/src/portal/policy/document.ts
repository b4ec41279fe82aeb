// The methods policy as a document: what differs between two of them, and putting one's changes on top of another.
import type { Strength } from "./combinations";

export type Value = boolean | number | string | null | Value[] | { [name: string]: Value };
export type Fields = { [name: string]: Value };

/** One method in it. */
export interface Rule {
  enabled: boolean;
  groups: string[];
  excluded: string[];
  settings: Fields;
}

export interface Policy {
  version: number;
  system_preferred: boolean;
  strengths: Strength[];
  [method: string]: Value | Rule | Strength[];
}

/** A field that differs: where, and how it was and is. */
export interface Change {
  path: string[];
  before: Value | undefined;
  after: Value | undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The methods, in the document's order: strongest first. */
export function methods(policy: Policy): [kind: string, rule: Rule][] {
  return Object.entries(policy).filter((entry): entry is [string, Rule] => isFields(entry[1]));
}

/** The fields in which two documents differ, the version aside. */
export function changes(before: unknown, after: unknown, path: string[] = []): Change[] {
  if (isFields(before) && isFields(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      path.length === 0 && name === "version" ? [] : changes(before[name], after[name], [...path, name]),
    );
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, before: before as Value, after: after as Value }];
}

/** The document with one field set; the one that is given stays as it was. */
export function set<T>(document: T, path: readonly string[], value: Value): T {
  const [name, ...rest] = path;
  if (name === undefined) return value as T;
  const fields: Fields = isFields(document) ? document : {};
  return { ...fields, [name]: set(fields[name], rest, value) } as T;
}

/** Changes put on top of another document. A field that is not there any more is left out. */
export function apply(policy: Policy, list: readonly Change[]): Policy {
  return list.reduce((document, { path, after }) => {
    const there = path.reduce<unknown>((at, name) => (isFields(at) ? at[name] : undefined), document);
    return after === undefined || there === undefined ? document : set(document, path, after);
  }, policy);
}

/** The JSON pointer of a path (RFC 6901). */
export function pointer(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

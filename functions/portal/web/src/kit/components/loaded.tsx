// Draws what was loaded, a quiet skeleton before, or the problem with a way to try again.
import type { ComponentChildren } from "preact";
import type { Loader } from "../load";
import { common } from "../texts/common";
import { Button } from "./button";
import { ProblemNotice } from "./notice";

/** Grey rows where content will be. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{common.loading}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div class="skeleton-row" key={index} aria-hidden="true" />
      ))}
    </div>
  );
}

interface LoadedProps<T> {
  loader: Loader<T>;
  rows?: number;
  children: (value: T) => ComponentChildren;
}

export function Loaded<T>({ loader, rows, children }: LoadedProps<T>) {
  const load = loader.load.value;
  if (load.state === "loading") return <Skeleton {...(rows ? { rows } : {})} />;
  if (load.state === "failed") {
    return (
      <ProblemNotice
        problem={load.problem}
        actions={<Button onClick={loader.retry}>{common.tryAgain}</Button>}
      />
    );
  }
  return <>{children(load.value)}</>;
}

// Setters for signals, to hand to components: `into(name)` takes a value, `put(name, value)` a press.
import type { Signal } from "@preact/signals";

export const into =
  <T>(signal: Signal<T>) =>
  (value: T): void => {
    signal.value = value;
  };

export const put =
  <T>(signal: Signal<T>, value: T) =>
  (): void => {
    signal.value = value;
  };

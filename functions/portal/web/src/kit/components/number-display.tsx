// The number of a prompt, as large as it needs to be, on woven paper.
import { Guilloche } from "./guilloche";

/** `spoken` is what a screen reader says for it, digit by digit. */
export function NumberDisplay({ number, spoken }: { number: string; spoken: string }) {
  return (
    <div class={`number number-${number.length}`} role="status">
      <Guilloche />
      <span class="number-figures" aria-hidden="true">
        {number}
      </span>
      <span class="visually-hidden">{spoken}</span>
    </div>
  );
}

/** The digits apart, so that they are read one by one. */
export function spokenDigits(number: string): string {
  return [...number].join(" ");
}

// Says what was done: a short message at the edge of the page, read out, gone after a while.
import { signal } from "@preact/signals";
import { Icon } from "../kit/components/icon";

const SHOWN_MS = 6000;
const message = signal("");
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  clearTimeout(timer);
  message.value = text;
  timer = setTimeout(() => {
    message.value = "";
  }, SHOWN_MS);
}

export function Announcer() {
  return (
    <div class="announcer" role="status">
      {message.value ? (
        <p>
          <Icon name="check" /> {message.value}
        </p>
      ) : null}
    </div>
  );
}

// Copies a text and says so.
import { useSignal } from "@preact/signals";
import { common } from "../texts/common";
import { Icon } from "./icon";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = true;
      setTimeout(() => {
        copied.value = false;
      }, 2500);
    } catch {
      // Without permission the text stays selectable beside the button.
    }
  };
  return (
    <button
      type="button"
      class="button button-secondary copy-button"
      aria-label={`${common.copy}: ${label}`}
      onClick={copy}
    >
      <Icon name={copied.value ? "check" : "copy"} size={18} />
      <span role="status">{copied.value ? common.copied : common.copy}</span>
    </button>
  );
}

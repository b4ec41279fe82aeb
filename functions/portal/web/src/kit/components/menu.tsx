// A button that opens a short list of actions; Escape, a press elsewhere or leaving it closes it.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon";

export interface MenuItem {
  label: string;
  icon: IconName;
  danger?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  /** What the button is called, when its content does not say. */
  label?: string;
  trigger: ComponentChildren;
  items: MenuItem[];
  /** Text above the actions. */
  head?: ComponentChildren;
  class?: string;
  up?: boolean;
}

export function Menu({ label, trigger, items, head, class: extra, up }: MenuProps) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open.value) return;
    const elsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) open.value = false;
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      open.value = false;
      button.current?.focus();
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    document.addEventListener("keydown", leave);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
      document.removeEventListener("keydown", leave);
    };
  }, [open.value, open]);

  return (
    <div class={`menu${up ? " menu-up" : ""}`} ref={root}>
      <button
        ref={button}
        type="button"
        class={extra ?? "icon-button"}
        aria-label={label}
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {trigger}
      </button>
      <div class="menu-list" id={id} hidden={!open.value}>
        {head}
        <ul>
          {items.map((item) => (
            <li key={item.label}>
              <button
                type="button"
                class={`menu-item${item.danger ? " menu-item-danger" : ""}`}
                onClick={() => {
                  open.value = false;
                  button.current?.focus();
                  item.onSelect();
                }}
              >
                <Icon name={item.icon} />
                {item.label}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

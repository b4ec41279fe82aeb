// What a list says when there is nothing in it: why, and what to do.
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

export function EmptyState({
  icon,
  title,
  text,
  action,
}: {
  icon: IconName;
  title: string;
  text: string;
  action?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <span class="tile">
        <Icon name={icon} size={24} />
      </span>
      <p class="empty-title">{title}</p>
      <p class="empty-text">{text}</p>
      {action}
    </div>
  );
}

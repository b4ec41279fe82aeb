// Buttons, and links that look like one: three weights, a busy state, always 44 px high.
import type { ButtonHTMLAttributes, ComponentChildren, MouseEventHandler } from "preact";
import { Icon, type IconName } from "./icon";

export type Weight = "primary" | "secondary" | "quiet" | "danger" | "caution";

function classes(weight: Weight, wide: boolean | undefined, extra?: unknown): string {
  return ["button", `button-${weight}`, wide ? "button-wide" : "", typeof extra === "string" ? extra : ""]
    .filter(Boolean)
    .join(" ");
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  weight?: Weight;
  wide?: boolean;
  busy?: boolean;
  icon?: IconName;
  children: ComponentChildren;
}

/** While busy it keeps its focus and its words, and further presses do nothing. */
export function Button({
  weight = "secondary",
  wide,
  busy,
  icon,
  children,
  onClick,
  class: extra,
  ...rest
}: ButtonProps) {
  const press: MouseEventHandler<HTMLButtonElement> = (event) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      class={classes(weight, wide, extra)}
      aria-disabled={busy ? "true" : undefined}
      onClick={press}
      {...rest}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </button>
  );
}

interface ButtonLinkProps {
  href: string;
  target?: "_blank";
  rel?: string;
  weight?: Weight;
  wide?: boolean;
  icon?: IconName;
  children: ComponentChildren;
}

/** A link to another document, drawn as a button. */
export function ButtonLink({ weight = "secondary", wide, icon, children, ...rest }: ButtonLinkProps) {
  return (
    <a class={classes(weight, wide)} {...rest}>
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </a>
  );
}

/** A button that is only an icon; its label is what it is called. */
export function IconButton({
  icon,
  label,
  class: extra,
  ...rest
}: { icon: IconName; label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      class={`icon-button ${typeof extra === "string" ? extra : ""}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}

// The frame of a screen: what it belongs to or the way back above, the content, the actions within the thumb's reach.
import type { ComponentChildren } from "preact";
import { IconButton } from "../kit/components/button";
import { Logo } from "../kit/components/logo";
import { Heading } from "../kit/components/page";
import { common } from "../kit/texts/common";

interface ShellProps {
  title: string;
  lead?: ComponentChildren;
  /** The way back; without one the mark stands there. */
  onBack?: (() => void) | undefined;
  /** At the end of the bar. */
  aside?: ComponentChildren;
  /** Above the title. */
  before?: ComponentChildren;
  children?: ComponentChildren;
  /** At the foot of the screen. */
  actions?: ComponentChildren;
  /** Read the title out when the screen appears. */
  focus?: boolean;
}

export function Shell({ title, lead, onBack, aside, before, children, actions, focus }: ShellProps) {
  return (
    <>
      <header class="bar">
        {onBack ? <IconButton icon="back" label={common.back} onClick={onBack} /> : <Logo />}
        {aside}
      </header>
      <main class="screen">
        <div class="screen-content">
          {before}
          <div class="screen-title">
            <Heading title={title} focus={focus ?? false} />
            {lead ? <p class="lead">{lead}</p> : null}
          </div>
          {children}
        </div>
        {actions ? <div class="screen-actions">{actions}</div> : null}
      </main>
    </>
  );
}

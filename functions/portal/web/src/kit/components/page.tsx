// A page's frame: its title in the window, its heading focused after a navigation so that it is read out.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { navigations } from "../navigations";
import { common } from "../texts/common";

/** The main heading; also names the document. */
export function Heading({ title, focus }: { title: string; focus?: boolean }) {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${common.product}`;
    if (focus || navigations.peek() > 0) element.current?.focus({ preventScroll: true });
  }, [title, focus]);
  return (
    <h1 ref={element} tabIndex={-1}>
      {title}
    </h1>
  );
}

interface PageProps {
  title: string;
  lead?: ComponentChildren;
  /** Beside the title. */
  actions?: ComponentChildren;
  /** Focus the heading although the address did not change: what is shown is another step. */
  focus?: boolean | undefined;
  children: ComponentChildren;
}

export function Page({ title, lead, actions, focus, children }: PageProps) {
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <Heading title={title} focus={focus ?? false} />
          {lead ? <p class="lead">{lead}</p> : null}
        </div>
        {actions ? <div class="page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

// The frame of the sign-in pages: the form on one side, the woven ornament on the other.
import type { ComponentChildren } from "preact";
import { Guilloche } from "../kit/components/guilloche";
import { Logo } from "../kit/components/logo";
import { signIn as t } from "../kit/texts/sign-in";

export function Shell({ children }: { children: ComponentChildren }) {
  return (
    <div class="entrance">
      <div class="entrance-aside" aria-hidden="true">
        <Guilloche full />
        <p class="entrance-words">
          <span>{t.aside}</span>
          <span class="entrance-small">{t.asideText}</span>
        </p>
      </div>
      <div class="entrance-main">
        <header class="entrance-head">
          <Logo />
        </header>
        <main class="step">{children}</main>
      </div>
    </div>
  );
}

// Shown when going on would only go in circles: what to check, and a way to try again by hand.
import type { Problem } from "../problem";
import { common } from "../texts/common";
import { problemText } from "../texts/problems";
import { ButtonLink } from "./button";
import { Logo } from "./logo";
import { Heading } from "./page";

export function StopPage({ problem }: { problem: Problem }) {
  const { title, text } = problemText(problem);
  return (
    <main class="plain">
      <Logo />
      <Heading title={title} focus />
      <p class="lead">{text}</p>
      <p>
        <ButtonLink weight="primary" href="/sign-in">
          {common.signInAgain}
        </ButtonLink>
      </p>
    </main>
  );
}

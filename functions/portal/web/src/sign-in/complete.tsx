// Signed in: moves on by itself, with a link for when it does not.
import { useEffect } from "preact/hooks";
import type { SignIn } from "../kit/api-types";
import { ButtonLink } from "../kit/components/button";
import { Icon } from "../kit/components/icon";
import { Later } from "../kit/components/later";
import { Heading } from "../kit/components/page";
import { safeReturnTo } from "../kit/return-to";
import { signIn as t } from "../kit/texts/sign-in";
import { returnTo } from "./flow";

export function Complete({ signIn }: { signIn: SignIn }) {
  const to = signIn.next?.kind === "register" ? "/add-method" : safeReturnTo(signIn.next?.to ?? returnTo);
  const left = signIn.codes_left;
  useEffect(() => {
    if (left === undefined) location.replace(to);
  }, [to, left]);
  if (left !== undefined) {
    return (
      <Later
        of="few-codes"
        load={() => import("./few-codes")}
        draw={({ FewCodes }) => <FewCodes left={left} to={to} />}
      />
    );
  }
  return (
    <>
      <span class="ended-mark ended-well">
        <Icon name="check" size={28} />
      </span>
      <Heading title={t.welcomeBack} focus />
      <p class="lead">{t.takingYou}</p>
      <ButtonLink href={to}>{t.goOn}</ButtonLink>
    </>
  );
}

// Signed in with one of the last recovery codes: asks to make new ones before going on; loaded when it happens.
import { ButtonLink } from "../kit/components/button";
import { Icon } from "../kit/components/icon";
import { Heading } from "../kit/components/page";
import { handedOut as t } from "../kit/texts/handed-out";

export function FewCodes({ left, to }: { left: number; to: string }) {
  return (
    <>
      <span class="ended-mark">
        <Icon name="warning" size={28} />
      </span>
      <Heading title={t.fewTitle(left)} focus />
      <p class="lead">{t.fewText}</p>
      <ButtonLink weight="primary" wide href="/add-method?kind=recovery_codes">
        {t.fewNow}
      </ButtonLink>
      <ButtonLink weight="quiet" wide href={to}>
        {t.fewLater}
      </ButtonLink>
    </>
  );
}

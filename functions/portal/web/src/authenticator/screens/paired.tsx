// Waits, after a pairing, for the test prompt; when the test is done, offers notifications once.
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { day } from "../../kit/dates";
import { Shell } from "../shell";
import { type JustPaired, justPaired } from "../state";
import { texts } from "../texts";
import { Looking } from "./looking";
import { PushStep } from "./push-step";

export function Paired({ paired }: { paired: JustPaired }) {
  if (paired.tested) return <PushStep account={paired.account} />;
  const { account, replacesAddedAt } = paired;
  const t = texts.paired;
  return (
    <Shell
      title={t.title}
      lead={t.text(account.organization, account.userName)}
      focus
      actions={
        <Button
          weight="quiet"
          wide
          onClick={() => {
            justPaired.value = undefined;
          }}
        >
          {t.later}
        </Button>
      }
    >
      <Looking words={t.waiting} />
      <p class="soft">{t.late}</p>
      {replacesAddedAt ? (
        <Notice still>{t.replaced(day(replacesAddedAt), day(account.addedAt))}</Notice>
      ) : null}
    </Shell>
  );
}

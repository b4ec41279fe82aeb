// Asks before following a link with a code: a link can come from anybody, a code on one's own screen cannot.
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { showCode } from "../device/code";
import { pair } from "../pairing";
import { isAppleBrowser } from "../push/support";
import { goHome } from "../route";
import { Shell } from "../shell";
import { texts } from "../texts";

export function Confirm({ code }: { code: string }) {
  const t = texts.confirm;
  const apple = isAppleBrowser();
  const yes = () => {
    goHome();
    void pair(code);
  };
  return (
    <Shell
      title={t.title}
      lead={t.text}
      focus
      actions={
        <>
          <Button weight={apple ? "secondary" : "primary"} wide onClick={yes}>
            {apple ? texts.apple.here : t.yes}
          </Button>
          <Button weight="quiet" wide onClick={goHome}>
            {t.no}
          </Button>
        </>
      }
    >
      <p class="pairing-code">
        <span class="visually-hidden">{t.code} </span>
        {showCode(code)}
      </p>
      {apple ? (
        <Notice tone="warning" title={texts.apple.title} still>
          {texts.apple.text} {texts.apple.code}
        </Notice>
      ) : null}
    </Shell>
  );
}

// The first screen, and the one that adds an account: what this is, and the two ways to bring a code in.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/components/button";
import { Guilloche } from "../../kit/components/guilloche";
import { Mark } from "../../kit/components/logo";
import { Notice } from "../../kit/components/notice";
import { modelName } from "../pairing";
import { isAppleBrowser } from "../push/support";
import { go, goHome } from "../route";
import { Shell } from "../shell";
import { empty } from "../state";
import { texts } from "../texts";
import { SettingsButton } from "./parts";

export function Pair() {
  const first = empty.value;
  const name = useSignal("");
  useEffect(() => {
    void modelName().then((found) => {
      name.value = found;
    });
  }, [name]);
  const apple = isAppleBrowser();
  const t = texts.pair;
  return (
    <Shell
      title={first ? t.title : t.addTitle}
      lead={first ? t.lead : t.addLead}
      onBack={first ? undefined : goHome}
      aside={<SettingsButton />}
      before={first && !apple ? <Seal /> : undefined}
      actions={
        <>
          <Button weight="primary" wide icon="camera" onClick={() => go({ screen: "scan" })}>
            {t.scan}
          </Button>
          <Button wide icon="code" onClick={() => go({ screen: "type" })}>
            {t.type}
          </Button>
          <Button weight="quiet" wide onClick={() => go({ screen: "add-code" })}>
            {texts.codes.add}
          </Button>
        </>
      }
    >
      <p class="soft">{first ? t.where : texts.codes.scanToo}</p>
      {apple ? (
        <Notice tone="warning" title={texts.apple.title} still>
          {texts.apple.text}
        </Notice>
      ) : null}
      {name.value ? (
        <p class="soft small">
          {t.named(name.value)}{" "}
          <button type="button" class="link" onClick={() => go({ screen: "settings" })}>
            {t.rename}
          </button>
        </p>
      ) : null}
    </Shell>
  );
}

/** The mark on woven paper, as on the sign-in page. */
function Seal() {
  return (
    <div class="hero" aria-hidden="true">
      <Guilloche lines={22} />
      <Mark size={72} />
    </div>
  );
}

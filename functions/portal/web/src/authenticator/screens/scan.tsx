// Scans a pairing code, or a site's setup code, with the camera; every way in which that fails leads to typing it.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { offerCode } from "../codes/offered";
import { readScanned } from "../device/code";
import { pair } from "../pairing";
import { go, goBack } from "../route";
import type { CameraProblem } from "../scan/camera";
import { Scanner } from "../scan/scanner";
import { Shell } from "../shell";
import { texts } from "../texts";

export function Scan() {
  const problem = useSignal<CameraProblem | undefined>(undefined);
  const seeing = useSignal(false);
  const wrong = useSignal("");
  const t = texts.scan;

  const read = (text: string) => {
    const scanned = readScanned(text, location.origin);
    if (scanned.kind === "code") {
      navigator.vibrate?.(40);
      void pair(scanned.code);
      return true;
    }
    if (scanned.kind === "otpauth") {
      navigator.vibrate?.(40);
      offerCode(text);
      return true;
    }
    wrong.value = scanned.kind === "other_service" ? t.otherService(scanned.host) : t.notOurs;
    return false;
  };
  const type = (
    <Button wide icon="code" onClick={() => go({ screen: "type" }, { replace: true })}>
      {texts.pair.type}
    </Button>
  );
  if (problem.value) {
    const { title, text } = texts.camera[problem.value];
    return (
      <Shell
        title={title}
        lead={text}
        onBack={goBack}
        focus
        actions={
          <>
            <Button
              weight="primary"
              wide
              icon="code"
              onClick={() => go({ screen: "type" }, { replace: true })}
            >
              {texts.pair.type}
            </Button>
            <Button
              wide
              icon="camera"
              onClick={() => {
                problem.value = undefined;
                seeing.value = false;
              }}
            >
              {texts.camera.retry}
            </Button>
          </>
        }
      />
    );
  }
  return (
    <Shell title={t.title} lead={t.hint} onBack={goBack} focus actions={type}>
      <Scanner
        onRead={read}
        onProblem={(found) => {
          problem.value = found;
        }}
        onSeeing={() => {
          seeing.value = true;
        }}
      />
      <div role="status">{seeing.value ? null : <p class="soft">{t.starting}</p>}</div>
      {wrong.value ? <Notice tone="warning">{wrong.value}</Notice> : null}
    </Shell>
  );
}

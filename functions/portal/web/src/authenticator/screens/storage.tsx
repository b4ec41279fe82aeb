// Says plainly when the browser keeps nothing, or does not promise to keep the key.
import { Button } from "../../kit/components/button";
import { Notice } from "../../kit/components/notice";
import { common } from "../../kit/texts/common";
import { Shell } from "../shell";
import { empty, persisted, refreshAccounts } from "../state";
import { texts } from "../texts";

export function StorageBroken() {
  return (
    <Shell
      title={texts.storage.brokenTitle}
      lead={texts.storage.brokenText}
      focus
      actions={
        <Button weight="primary" wide onClick={() => void refreshAccounts()}>
          {common.tryAgain}
        </Button>
      }
    />
  );
}

/** Drawn where there is a key to lose. */
export function StorageWarning() {
  if (persisted.value !== false || empty.value) return null;
  return (
    <Notice tone="warning" title={texts.storage.warnTitle} still>
      {texts.storage.warnText}
    </Notice>
  );
}

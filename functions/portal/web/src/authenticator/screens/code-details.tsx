// One account with codes: its names, how its codes are made, and how it goes.
import { useSignal } from "@preact/signals";
import { Button } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { dayAndTime } from "../../kit/dates";
import { put } from "../../kit/into";
import { forget, rename } from "../codes/keep";
import { cleanName } from "../codes/otpauth";
import { setUp } from "../codes/texts";
import { goHome } from "../route";
import { Shell } from "../shell";
import { codes } from "../state";
import type { CodeAccount } from "../store/codes";
import { Names } from "./code-names";
import { Facts } from "./parts";

export function CodeDetails({ id }: { id: string }) {
  const code = codes.value.find((one) => one.id === id);
  return code ? <Details code={code} /> : <Shell title={setUp.one.gone} onBack={goHome} focus />;
}

function Details({ code }: { code: CodeAccount }) {
  const removing = useSignal(false);
  const t = setUp.one;
  return (
    <Shell
      title={code.issuer || code.name}
      lead={code.issuer ? code.name : undefined}
      onBack={goHome}
      focus
      actions={
        <Button wide icon="trash" class="button-deny" onClick={put(removing, true)}>
          {t.remove}
        </Button>
      }
    >
      <Rename code={code} />
      <Facts
        rows={[
          [t.kind, t.kindText(code.digits, code.period, code.algorithm)],
          [t.added, dayAndTime(code.addedAt)],
        ]}
      />
      {removing.value ? <Remove code={code} onClose={put(removing, false)} /> : null}
    </Shell>
  );
}

function Rename({ code }: { code: CodeAccount }) {
  const issuer = useSignal(code.issuer);
  const name = useSignal(code.name);
  const error = useSignal<string | undefined>(undefined);
  const said = useSignal("");
  const save = async (event: Event) => {
    event.preventDefault();
    said.value = "";
    const names = { issuer: cleanName(issuer.value), name: cleanName(name.value) };
    if (!names.issuer && !names.name) error.value = setUp.add.nameless;
    else if (await rename(code.id, names)) {
      error.value = undefined;
      said.value = setUp.one.saved;
    } else error.value = setUp.add.twice;
  };
  return (
    <form class="panel form" onSubmit={(event) => void save(event)}>
      <Names issuer={issuer} name={name} error={error.value} />
      <div class="panel-foot">
        <Button type="submit">{setUp.one.save}</Button>
        <span role="status">{said.value}</span>
      </div>
    </form>
  );
}

function Remove({ code, onClose }: { code: CodeAccount; onClose: () => void }) {
  const t = setUp.one;
  const remove = async () => {
    goHome();
    await forget(code.id);
  };
  return (
    <Dialog
      title={t.removeTitle(code.issuer || code.name)}
      onClose={onClose}
      actions={
        <>
          <Button weight="danger" onClick={() => void remove()}>
            {t.yes}
          </Button>
          <Button onClick={onClose}>{t.no}</Button>
        </>
      }
    >
      <p>{t.removeText}</p>
    </Dialog>
  );
}

// Imports a file of tokens, piece by piece, and says what became of each row.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { call } from "../../kit/api";
import type { TokensImported } from "../../kit/api-types";
import { Button } from "../../kit/components/button";
import { Dialog } from "../../kit/components/dialog";
import { Notice, ProblemNotice } from "../../kit/components/notice";
import type { Problem } from "../../kit/problem";
import { common } from "../../kit/texts/common";
import { tokens as t } from "../../kit/texts/tokens";
import { cut, type Flaw, flawsAsCsv, type Piece } from "./pieces";

const COLUMNS = "upn,serial number,secret key,time interval,manufacturer,model";
/** Rows shown in the dialog; the file has all. */
const SHOWN = 5;

interface Chosen {
  name: string;
  pieces: Piece[];
  rows: number;
}

interface Sum {
  rows: number;
  imported: number;
  there: number;
  flaws: Flaw[];
}

const NOTHING: Sum = { rows: 0, imported: 0, there: 0, flaws: [] };

export function ImportDialog({
  onClose,
  onImported,
}: {
  onClose: () => void;
  onImported: () => Promise<void>;
}) {
  const chosen = useSignal<Chosen | undefined>(undefined);
  const refused = useSignal("");
  const busy = useSignal(false);
  const next = useSignal(0);
  const sum = useSignal<Sum>(NOTHING);
  const problem = useSignal<Problem | undefined>(undefined);
  const open = useRef(true);
  useEffect(
    () => () => {
      open.current = false;
    },
    [],
  );

  const take = async (file: File | undefined) => {
    if (!file || busy.value) return;
    const done = cut(await file.text());
    chosen.value = done.ok ? { name: file.name, pieces: done.pieces, rows: done.rows } : undefined;
    refused.value = done.ok ? "" : t[done.why];
    next.value = 0;
    sum.value = NOTHING;
    problem.value = undefined;
  };

  const start = async () => {
    const { pieces } = chosen.value ?? { pieces: [] };
    busy.value = true;
    problem.value = undefined;
    for (const piece of pieces.slice(next.value)) {
      if (!open.current) break;
      const body = { csv: piece.csv, first_line: piece.firstLine };
      const resume = "/hardware-tokens?import=1";
      const answer = await call<TokensImported>("POST", "/hardware-tokens/import", body, { resume });
      if (!answer.ok) {
        problem.value = answer.problem;
        break;
      }
      const { rows, imported, already_there: there, flaws } = answer.value;
      sum.value = {
        rows: sum.value.rows + rows,
        imported: sum.value.imported + imported,
        there: sum.value.there + there,
        flaws: [...sum.value.flaws, ...flaws],
      };
      next.value += 1;
    }
    busy.value = false;
    await onImported();
  };

  const now = chosen.value;
  const finished = now !== undefined && next.value === now.pieces.length;
  const begun = busy.value || next.value > 0;
  return (
    <Dialog
      title={t.importTitle}
      onClose={onClose}
      actions={
        finished ? (
          <Button weight="primary" onClick={onClose}>
            {common.close}
          </Button>
        ) : (
          <>
            <Button weight="primary" busy={busy.value} disabled={!now} onClick={start}>
              {problem.value ? t.goOn : t.start}
            </Button>
            <Button onClick={onClose}>{common.cancel}</Button>
          </>
        )
      }
    >
      {begun ? null : <Choose chosen={now} refused={refused.value} onFile={take} />}
      {now && begun && !finished ? (
        <div class="import-progress">
          <progress max={now.rows} value={sum.value.rows} aria-label={t.progress} />
          <p role="status">{t.importing(sum.value.rows, now.rows)}</p>
        </div>
      ) : null}
      {problem.value ? <ProblemNotice problem={problem.value} /> : null}
      {finished ? <Result sum={sum.value} /> : null}
    </Dialog>
  );
}

function Choose({
  chosen,
  refused,
  onFile,
}: {
  chosen: Chosen | undefined;
  refused: string;
  onFile: (file: File | undefined) => Promise<void>;
}) {
  const over = useSignal(false);
  return (
    <>
      <p>{t.importText}</p>
      <p class="import-columns">
        <code>{COLUMNS}</code>
      </p>
      <p class="soft small">{t.importHint}</p>
      <label
        class={`drop${over.value ? " drop-over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          over.value = true;
        }}
        onDragLeave={() => {
          over.value = false;
        }}
        onDrop={(event) => {
          event.preventDefault();
          over.value = false;
          void onFile(event.dataTransfer?.files[0]);
        }}
      >
        <input
          class="visually-hidden"
          type="file"
          accept=".csv,text/csv"
          data-first
          onChange={(event) => void onFile(event.currentTarget.files?.[0])}
        />
        <span class="drop-choose">{t.choose}</span> <span class="soft">{t.drop}</span>
      </label>
      {chosen ? <p role="status">{t.chosen(chosen.name, chosen.rows)}</p> : null}
      {refused ? <Notice tone="danger">{refused}</Notice> : null}
    </>
  );
}

function Result({ sum }: { sum: Sum }) {
  const { imported, there, flaws } = sum;
  const download = () => {
    const file = new Blob([flawsAsCsv(flaws, t.csvHeader)], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = t.csvName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <>
      <Notice tone={flaws.length > 0 ? "warning" : "success"}>
        {t.imported(imported)} {there > 0 ? t.there(there) : null}
      </Notice>
      {flaws.length > 0 ? (
        <section>
          <p>
            {t.flawed(flaws.length)} {flaws.length > SHOWN ? t.firstFlaws(SHOWN) : null}
          </p>
          <ul class="flaws">
            {flaws.slice(0, SHOWN).map((flaw) => (
              <li key={flaw.line}>
                <strong>{t.flaw(flaw.line, flaw.column_name)}</strong> {flaw.fix}
              </li>
            ))}
          </ul>
          <p>
            <Button onClick={download}>{t.download}</Button>
          </p>
        </section>
      ) : null}
    </>
  );
}

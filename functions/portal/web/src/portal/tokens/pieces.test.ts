// Facts of the pieces that a file of tokens is sent in.
import assert from "node:assert/strict";
import test from "node:test";
import { cut, flawsAsCsv } from "./pieces.ts";

const HEADER = "upn,serial number,secret key,time interval,manufacturer,model";
const row = (n: number) => `,FT-${n},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Feitian,c200`;
const file = (count: number, end = "\n") =>
  [HEADER, ...Array.from({ length: count }, (_, n) => row(n))].join(end) + end;

test("every row is in one piece, under the header, and its line is known", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const done = cut(`\uFEFF${file(601, end)}`);
    assert.ok(done.ok);
    assert.equal(done.rows, 601);
    let line = 2;
    for (const piece of done.pieces) {
      const lines = piece.csv.trimEnd().split("\n");
      assert.equal(lines[0], HEADER);
      assert.equal(piece.firstLine, line);
      assert.equal(lines[1], row(line - 2));
      line += lines.length - 1;
    }
    assert.equal(line, 603);
  }
});

test("empty lines are kept, so that the lines after them have their numbers", () => {
  const done = cut(`${HEADER}\n\n${row(1)}\n\n\n${row(2)}\n`);
  assert.ok(done.ok);
  assert.equal(done.rows, 2);
  assert.deepEqual(
    done.pieces.map(({ firstLine, csv }) => [firstLine, csv.split("\n").indexOf(row(2))]),
    [[2, 5]],
  );
});

test("a piece fits a request, whatever the rows weigh", () => {
  const done = cut(
    `${HEADER}\n${Array.from({ length: 40 }, () => `,1,${"é\\".repeat(1500)},30,F,M`).join("\n")}`,
  );
  assert.ok(done.ok);
  for (const { csv } of done.pieces) {
    assert.ok(new TextEncoder().encode(JSON.stringify({ csv })).length < 64_000);
  }
});

test("ten thousand rows are taken and one more is not", () => {
  assert.ok(cut(file(10_000)).ok);
  assert.deepEqual(cut(file(10_001)), { ok: false, why: "tooMany" });
});

test("what is no such file is told before anything is sent", () => {
  assert.deepEqual(cut(""), { ok: false, why: "wrongHeader" });
  assert.deepEqual(cut(row(1)), { ok: false, why: "wrongHeader" });
  assert.deepEqual(cut(`${HEADER}\n\n`), { ok: false, why: "noRows" });
  assert.deepEqual(cut("u\0p\0n\0"), { ok: false, why: "notUtf8" });
  assert.deepEqual(cut(`${HEADER}\n,1,x,30,F\uFFFDr,M`), { ok: false, why: "notUtf8" });
  assert.ok(cut(`"UPN";"Serial Number";Secret Key;time interval;manufacturer;model\n;1;x;30;F;M`).ok);
});

test("a cell of the error file is never a formula", () => {
  const flaw = { line: 7, column_name: '=cmd|"x"', code: "+1", fix: "@sum" };
  assert.equal(
    flawsAsCsv([flaw], ["line", "column"]),
    `\uFEFF"line","column"\r\n"7","'=cmd|""x""","'+1","'@sum"\r\n`,
  );
});

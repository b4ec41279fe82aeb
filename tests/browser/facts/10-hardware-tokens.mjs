// Hardware tokens: an administrator imports a file and hands one out; its member activates it, signs in with it and gives it back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  arrives,
  enterPassword,
  fill,
  firstAdministrator,
  follow,
  press,
  reads,
  signOut,
  visit,
} from "../support/acts.mjs";
import { CodeApp } from "../support/code-app.mjs";
import { look } from "../support/look.mjs";
import { story } from "../support/story.mjs";

const HEADER = "upn,serial number,secret key,time interval,manufacturer,model";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const row = (serial, upn = "") => `${upn},${serial},${SECRET},30,Feitian,c200`;
const csv = (...rows) => ({
  name: "tokens.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(`\uFEFF${[HEADER, ...rows].join("\r\n")}\r\n`),
});

story(
  "hardware tokens",
  (scene, fact) => {
    let ada;
    let token;

    const choose = (file) => ada.page.locator('input[type="file"]').setInputFiles(file);

    fact("an_administrator_is_told_what_is_wrong_with_a_file", async () => {
      ada = await firstAdministrator(scene);
      token = CodeApp.keeps(`otpauth://totp/token?secret=${SECRET}`, scene.service);
      const { page } = ada;
      await visit(page, "Hardware tokens");
      await reads(page, "No token is available");
      await look(page, "tokens-empty");
      await press(page, "Import a file");
      await arrives(page, "Import hardware tokens");
      await look(page, "tokens-import");
      await choose({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("name,mail\nAda,ada@example.org\n") });
      await reads(page, "The first line of this file does not name the six columns.");
      await choose(csv(row("FT-0001"), row("FT-0002", "nobody"), row("FT-0003").replace(SECRET, "short"), row("FT-0004")));
      await reads(page, "tokens.csv: 4 rows");
      await press(page.getByRole("dialog"), "Import");
      await reads(page, "2 tokens were imported.");
      await reads(page, "Line 3, upn");
      await reads(page, "Line 4, secret key");
      await look(page, "tokens-imported-with-flaws");
      const download = page.waitForEvent("download");
      await press(page, "Download all as CSV");
      const text = await readFile(await (await download).path(), "utf8");
      assert.match(text, /"3","upn","upn\.unknown"/);
      assert.ok(!text.includes("short"));
      await page.locator(".dialog-actions").getByRole("button", { name: "Close" }).click();
      await reads(page, "FT-0001");
    });

    fact("a_long_file_goes_in_pieces_and_importing_it_again_does_no_harm", async () => {
      const { page } = ada;
      const rows = Array.from({ length: 600 }, (_, n) => row(`LONG-${String(n).padStart(4, "0")}`));
      for (const said of ["600 tokens were imported.", "600 tokens were there already and stay as they are."]) {
        await press(page, "Import a file");
        await choose(csv(...rows));
        await reads(page, "tokens.csv: 600 rows");
        await press(page.getByRole("dialog"), "Import");
        await reads(page, said);
        await page.locator(".dialog-actions").getByRole("button", { name: "Close" }).click();
      }
    });

    fact("a_token_is_assigned_taken_back_and_deleted", async () => {
      const { page } = ada;
      await press(page, "Actions for FT-0001");
      await press(page, "Assign");
      await arrives(page, "Who gets FT-0001?");
      await fill(page.getByRole("dialog"), "User name", "nobody");
      await press(page.getByRole("dialog"), "Assign");
      await page.getByRole("dialog").getByRole("alert").or(page.getByRole("dialog").locator(".field-error")).first().waitFor();
      await look(page, "tokens-assign");
      await fill(page.getByRole("dialog"), "User name", "ada");
      await press(page.getByRole("dialog"), "Assign");
      await reads(page, "FT-0001 is kept for ada.");
      await follow(page, "Assigned");
      await reads(page, "For ada");
      await look(page, "tokens-assigned");
      await press(page, "Actions for FT-0001");
      await press(page, "Take back");
      await press(page.getByRole("dialog"), "Take back");
      await reads(page, "FT-0001 is available.");
      await follow(page, "Available");
      await press(page, "Actions for FT-0004");
      await press(page, "Delete");
      await press(page.getByRole("dialog"), "Delete");
      await reads(page, "FT-0004 was deleted.");
    });

    fact("a_member_activates_a_token_with_its_serial_number_and_a_code", async () => {
      const { page } = ada;
      await visit(page, "Security info");
      await follow(page, "Add a method");
      await follow(page, /^Hardware token(?!s)/);
      await arrives(page, "Activate a hardware token");
      await look(page, "token-serial");
      await fill(page, "Serial number", "ft-0001");
      await press(page, "Next");
      await arrives(page, "Enter the code on the token");
      await look(page, "token-code");
      const right = await token.code();
      await fill(page, "6-digit code", right === "000000" ? "111111" : "000000");
      await press(page, "Activate");
      await reads(page, /That didn’t match/);
      await look(page, "token-code-wrong");
      await fill(page, "6-digit code", right);
      await press(page, "Activate");
      await arrives(page, / is ready$/);
      await follow(page, "Go to Security info");
      await reads(page, "Feitian c200, serial number FT-0001");
      await look(page, "security-with-token");
    });

    fact("the_token_signs_in", async () => {
      const { page } = ada;
      await signOut(page, "Ada Lovelace");
      await enterPassword(page, "ada");
      await arrives(page, "Check your phone");
      await page.getByText("I can’t use that right now").click();
      await press(page, /^Use a code from Hardware token/);
      await arrives(page, "Enter your code");
      await fill(page, "6-digit code", await token.code());
      await press(page, "Continue");
      await arrives(page, "Security info");
    });

    fact("a_token_that_is_removed_stays_with_its_member", async () => {
      const { page } = ada;
      await press(page, "Actions for Hardware token");
      await press(page, "Remove");
      await arrives(page, "Remove Hardware token?");
      await press(page.getByRole("dialog"), "Remove");
      await arrives(page, "Sign in");
    });
  },
  { clock: true },
);

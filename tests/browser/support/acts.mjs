// What people do, in the words on the screen: set up, pair, sign in, answer. Each ends when the screen says that it worked.
import assert from "node:assert/strict";
import { CodeApp } from "./code-app.mjs";
import { settled } from "./look.mjs";

export const PASSWORD = "tulip harbour sandwich 9";

export const press = (page, name) =>
  page.getByRole("button", { name, exact: typeof name === "string" }).click();
export const follow = (page, name) =>
  page
    .getByRole("link", { name, exact: typeof name === "string" })
    .first()
    .click();
export const fill = (page, label, text) => page.getByLabel(label, { exact: true }).fill(text);
/** Waits for a heading, the way one sees that another page has come. */
export const arrives = (page, title) =>
  page.getByRole("heading", { name: title, exact: typeof title === "string" }).waitFor();
export const reads = (page, text) => page.getByText(text).first().waitFor();

/** Goes to a page by its entry in the navigation, and waits for what it lists. */
export async function visit(page, title) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: title }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await settled(page);
}

/** Opens the first-administrator link and chooses names and a password; ends at "One last step". */
export async function setUp(page, link, { name, userName, password = PASSWORD }) {
  await page.goto(link);
  await fill(page, "Your name", name);
  await fill(page, "User name", userName);
  await fill(page, "Choose a password", password);
  await press(page, "Create account");
  await arrives(page, "One last step");
}

/** Opens an invitation; the user name is settled, only the password is asked. */
export async function acceptInvitation(page, link, { name, password = PASSWORD }) {
  await page.goto(link);
  await arrives(page, `Welcome, ${name}`);
  await fill(page, "Choose a password", password);
  await press(page, "Create account");
  await arrives(page, "One last step");
}

/** From the list of methods to the code on the page. */
export async function offersPairing(page) {
  await follow(page, /^Authenticator/);
  await arrives(page, "Pair your phone");
  return (await page.getByText(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/).textContent()).trim();
}

/** Types the pairing code that the page shows into the phone; ends when the phone asks for the test's number. */
export async function pairByTyping(page, phone, origin) {
  const code = await offersPairing(page);
  await phone.goto(`${origin}/authenticator`);
  await press(phone, "Type the code instead");
  await fill(phone, "Pairing code", code.toLowerCase().replace("-", " "));
  await press(phone, "Pair this phone");
  await arrives(phone, "Test of this phone");
}

/** The number that a page shows. */
export async function numberOn(page) {
  return (await page.getByText(/^\d{2}$/).textContent()).trim();
}

/** Another number than that. */
export function otherThan(number) {
  return number === "11" ? "22" : "11";
}

/** Types a number on the phone and approves; ends when the phone says how it went. */
export async function approve(phone, number, outcome = "You approved it") {
  await phone.getByLabel(/digits on/).fill(number);
  await press(phone, "Approve");
  await arrives(phone, outcome);
}

/** Puts the phone's last outcome away. */
export async function putAway(phone) {
  await press(phone, /^(Done|Next)$/);
}

/** The test of a phone that was paired just now; ends with the method ready on both screens. */
export async function passTest(page, phone) {
  await arrives(page, "Now try it");
  await approve(phone, await numberOn(page), "This phone is ready");
  await arrives(page, / is ready$/);
  await putAway(phone);
  const later = phone.getByRole("button", { name: "Not now" });
  await phone.getByRole("heading", { name: /^(Be told at once|No request is waiting)$/ }).waitFor();
  if (await later.isVisible()) await later.click();
  await arrives(phone, "No request is waiting");
}

/** User name and password; ends wherever that leads. */
export async function enterPassword(page, userName, password = PASSWORD) {
  await fill(page, "User name", userName);
  await fill(page, "Password", password);
  await press(page, "Sign in");
}

/** A whole sign-in by number, from the sign-in page to Security info. */
export async function signIn(page, phone, { origin, userName, password }) {
  await page.goto(`${origin}/sign-in`);
  await enterPassword(page, userName, password);
  await answerNumber(page, phone);
  await arrives(page, "Security info");
}

/** Answers the number on the page with the phone. */
export async function answerNumber(page, phone, question = "Is this you signing in?") {
  await arrives(page, "Check your phone");
  await arrives(phone, question);
  await approve(phone, await numberOn(page), question.includes("change") ? "You confirmed it" : "You approved it");
  await putAway(phone);
}

/** Signs out by the account's menu. */
export async function signOut(page, name) {
  await press(page, new RegExp(name));
  await press(page, "Sign out");
  await arrives(page, "Sign in");
}

/** Opens the actions of a method in the list and chooses one. */
export async function act(page, method, action) {
  await press(page, `Actions for ${method}`);
  await press(page, action);
}

/** The administrator of a fresh service with a phone: everything from the link to Security info. */
export async function firstAdministrator(
  { service, browsers },
  { name = "Ada Lovelace", userName = "ada", ...options } = {},
) {
  const page = await browsers.desktop();
  const phone = await browsers.phone(options.phone);
  await setUp(page, service.firstAdministratorLink, { name, userName });
  await pairByTyping(page, phone, service.origin);
  await passTest(page, phone);
  await follow(page, "Go to Security info");
  await arrives(page, "Security info");
  return { page, phone, name, userName, origin: service.origin };
}

/** A code generator for the account, from Security info and back to it. */
export async function addCodeApp(page, service) {
  await follow(page, "Add a method");
  await follow(page, /^Code generator app/);
  await arrives(page, "Set up a code app");
  const codes = await CodeApp.scans(page, service);
  await fill(page, "6-digit code", await codes.code());
  await press(page, "Confirm");
  await arrives(page, / is ready$/);
  await follow(page, "Go to Security info");
  await arrives(page, "Security info");
  return codes;
}

/** The requests of a long day, made by the page in a moment; answers with their statuses. */
export async function ask(page, requests) {
  const statuses = await page.evaluate(async (all) => {
    const seen = [];
    for (const { verb, path, body } of all) {
      const headers = { "content-type": "application/json" };
      seen.push((await fetch(path, { method: verb, headers, body: JSON.stringify(body) })).status);
    }
    return seen;
  }, requests);
  assert.ok(Math.max(...statuses) < 500, statuses.join(" "));
  return statuses;
}

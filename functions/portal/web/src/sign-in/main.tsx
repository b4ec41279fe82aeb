// Starts the sign-in pages: signing in, confirming again, and accepting an invitation.
import "./style.css";
import { render } from "preact";
import { App } from "./app";
import { open } from "./flow";

const root = document.getElementById("app");
if (root) {
  if (location.pathname === "/sign-in") void open();
  root.replaceChildren();
  render(<App />, root);
}

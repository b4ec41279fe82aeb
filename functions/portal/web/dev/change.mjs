// Changes the mock server's world between two looks at it, by name.
import { enrollment, signInFor } from "./ceremonies.mjs";
import { world as freshWorld } from "./world.mjs";

/** Changes one thing of the world by name. */
export function change(world, name, value) {
  if (name === "reset")
    Object.assign(
      world,
      { signIn: undefined, stale: false, signedOut: false, enrollment: undefined },
      freshWorld(),
    );
  else if (name === "scope") world.me.session.scope = value;
  else if (name === "role") world.me.account.role = value;
  else if (name === "only")
    world.methods.methods = world.methods.methods
      .slice(0, Number(value))
      .map((item) => (item.id === "aut_pixel" ? { ...item, id: "aut_only" } : item));
  else if (name === "empty") Object.assign(world, { events: [] });
  else if (name === "signIn") world.signIn = signInFor(value, "sign_in");
  else if (name === "enrollment") world.enrollment = enrollment("authenticator", value);
  else world[name] = value === "1" ? true : value === "0" ? false : value;
}

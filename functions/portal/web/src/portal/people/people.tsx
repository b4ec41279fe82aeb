// The administrators' pages about people; loaded when first opened.
import type { Me } from "../../kit/api-types";
import { path } from "../../kit/router";
import { PeopleList } from "./list";
import { PersonPage } from "./person";

export function People({ me }: { me: Me }) {
  const id = decodeURIComponent(path.value.slice("/people".length).replace(/^\//, ""));
  if (id === "") return <PeopleList />;
  return <PersonPage key={id} id={id} own={id === me.account.id} />;
}

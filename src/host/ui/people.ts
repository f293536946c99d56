import { type Desk, rotationsOf } from "../../core/model/desk";
import { distinctLogins, sameLogin } from "../../core/model/names";
import { plainLabel } from "./safeText";

/** A color index, from 0, for a person. It is stable for the same desk, and neighbors in a rotation differ. */
export function colourOf(desk: Desk, login: string): number {
  const logins = distinctLogins([...rotationsOf(desk).flatMap(({ people }) => people), ...desk.people.map((person) => person.login)]);
  return Math.max(logins.findIndex((one) => sameLogin(one, login)), 0);
}

/** The name of a person in the desk, or the login. */
export function nameIn(desk: Desk, login: string): string {
  return plainLabel(desk.people.find((person) => sameLogin(person.login, login))?.name ?? login);
}

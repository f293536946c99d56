import { type Desk, rotationsOf } from "../../core/model/desk";
import { distinctLogins, sameLogin } from "../../core/model/names";
import { plainLabel } from "./safeText";

/** A number from 0 that stays with a person while the desk's people stay, so that neighbours in a rotation differ. */
export function colourOf(desk: Desk, login: string): number {
  const logins = distinctLogins([...rotationsOf(desk).flatMap(({ people }) => people), ...desk.people.map((person) => person.login)]);
  return Math.max(logins.findIndex((one) => sameLogin(one, login)), 0);
}

/** How people call a person. */
export function nameIn(desk: Desk, login: string): string {
  return plainLabel(desk.people.find((person) => sameLogin(person.login, login))?.name ?? login);
}

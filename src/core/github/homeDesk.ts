import { defaultTeam } from "../desk/defaultDesk";
import type { Desk } from "../model/desk";
import { localRepository, type Repository } from "../model/issueRef";

/** Sets the repositories of a desk that names none. The desk is unchanged if `home` is empty. */
export function homeDesk(desk: Desk, home: readonly Repository[]): Desk {
  const [first] = home;
  if (first === undefined) return desk;
  return {
    ...desk,
    team: desk.team === defaultTeam(localRepository) ? defaultTeam(first) : desk.team,
    kinds: desk.kinds.map((kind) => ({
      ...kind,
      repositories: [...new Set(kind.repositories.flatMap((each) => (each === localRepository ? home : [each])))],
    })),
  };
}

/** All repositories of the desk's kinds, without duplicates. Empty for a desk that names none. */
export function deskRepositories(desk: Desk): readonly Repository[] {
  return [...new Set(desk.kinds.flatMap(({ repositories }) => repositories))].filter((each) => each !== localRepository);
}

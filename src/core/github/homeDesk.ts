import { defaultTeam } from "../desk/defaultDesk";
import type { Desk } from "../model/desk";
import { localRepository, type Repository } from "../model/issueRef";

/** The desk with its issues in these repositories where it names none; unchanged when there are none to put there. */
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

/** Every repository the desk's kinds name, each once; a desk that names none has none. */
export function deskRepositories(desk: Desk): readonly Repository[] {
  return [...new Set(desk.kinds.flatMap(({ repositories }) => repositories))].filter((each) => each !== localRepository);
}

import type { Issue } from "../../../core/issue/issue";
import type { DeskTools } from "../command";

/** Issues that the store itself finds for a title, open and closed, also those that no view shows; none when it cannot look. */
export async function searchKnown({ session }: DeskTools, title: string): Promise<readonly Issue[]> {
  const repositories = [...new Set(session.desk.config().kinds.flatMap((kind) => kind.repositories))];
  const found = await session.store.tracker.search(title, repositories);
  if (found.kind === "failed") session.log.info(`Known issues could not be searched: ${found.failure.kind}`);
  return found.kind === "ok" ? found.value : [];
}

/** Those of them that are not on the desk, where the desk's own ranking has not judged them already. Of plain files there are none. */
export async function searchElsewhere(tools: DeskTools, title: string): Promise<readonly Issue[]> {
  if (tools.session.store.now().kind === "files") return [];
  return (await searchKnown(tools, title)).filter(({ ref }) => tools.session.issues.find(ref) === undefined);
}

import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { listedFilePath } from "#lib/display/paths.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";

/** The path that a finding is about, with a link to its file. `digest`: of the image as it is. */
export function FindingPath({ path, digest }: { path: string; digest: string }) {
  if (path === "") return null;
  return (
    <MaybeLink href={listedFilePath(digest, path)} className="quiet-link">
      <Visible text={`/${path}`} className="font-mono text-xs break-all" />
    </MaybeLink>
  );
}

/** What would happen, and below it the facts. */
export function FindingMeaning({ finding: { message, evidence } }: { finding: Finding }) {
  return (
    <>
      <Visible text={message} />
      <Visible text={evidence} className="block text-xs break-words text-dim" />
    </>
  );
}

import { KindMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { rootBadge } from "#lib/display/root-reason.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import type { FocusNode } from "#lib/model/focus-answer.ts";

const HASH_SHOWN = 7;

/** A node in a row: its name first, then what tells it from others of that name. */
export function FocusName({ node, kinds }: { node: FocusNode; kinds: boolean }) {
  const hash = splitStorePath(node.id)?.hash;
  return (
    <>
      {kinds ? <KindMark kind={node.kind} /> : null}
      <span className="min-w-0 truncate">
        <Visible text={node.name} className="text-ink group-hover:text-accent" />
        {node.version === "" ? null : (
          <span className="text-dim">
            {" "}
            <Visible text={node.version} />
          </span>
        )}
        {hash === undefined ? null : <span className="font-mono text-2xs text-dim"> {hash.slice(0, HASH_SHOWN)}</span>}
      </span>
      {node.root ? <span className="shrink-0 text-2xs text-dim">{rootBadge(node.rootReason)}</span> : null}
    </>
  );
}

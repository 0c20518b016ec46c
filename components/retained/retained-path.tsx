import Link from "next/link";
import { formatAmount } from "#components/graph/focus/focus-words.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { graphPath, nodeText, retainedPath, whyPath } from "#lib/display/paths.ts";
import type { KeptNode } from "#lib/model/kept-tree.ts";
import type { RetainedView } from "#lib/views/retained.ts";
import { type RetainedParams, type RetainedScope, zoomAddress } from "./retained-address.ts";

interface RetainedPathProps {
  readonly view: RetainedView;
  readonly params: RetainedParams;
}

interface Step {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly scope: RetainedScope;
}

/** Everything, the nodes that keep what is shown, and what is shown: each step shows that part. */
export function RetainedPath({ view, params }: RetainedPathProps) {
  const { artifact, path, total, unit } = view;
  const steps = listSteps(view);
  const shown = path.at(-1);
  return (
    <nav aria-label="Kept by" className="text-[0.8125rem]">
      <p className="mb-1 text-xs text-dim">From everything to what is shown</p>
      <ol>
        {steps.map(({ key, name, size, scope }, i) => (
          <li key={key}>
            <Link
              href={zoomAddress(retainedPath(artifact.digest), params, scope)}
              scroll={false}
              prefetch={false}
              aria-current={i === steps.length - 1 ? "step" : undefined}
              className="block rounded-sm px-1 py-1.5 hover:bg-shade aria-[current]:bg-wash"
            >
              <span className="flex justify-between gap-3">
                <span className="min-w-0 truncate">
                  <Visible text={name} />
                </span>
                <span className="shrink-0 text-dim tabular-nums">{formatAmount(size, unit)}</span>
              </span>
              <span aria-hidden className="mt-1 block h-1 rounded-full bg-others">
                <span
                  className="block h-full rounded-full bg-(--accent)"
                  style={{ width: `${total === 0 ? 0 : (100 * size) / total}%` }}
                />
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {shown === undefined ? null : <ShownNode node={shown} digest={artifact.digest} unit={unit} />}
    </nav>
  );
}

function listSteps({ path, total, family, from, size }: RetainedView): Step[] {
  const nodes = path.map((node) => ({
    key: `${node.nodeIndex}`,
    name: node.name,
    size: node.retainedSize,
    scope: { node: nodeText(node) },
  }));
  const node = path.at(-1);
  const scope = { node: node && nodeText(node), family };
  const inFamily = family === undefined ? [] : [{ key: "family", name: `All called ${family}`, size, scope }];
  const smaller =
    from === 0 ? [] : [{ key: "from", name: `After the ${from} largest`, size, scope: { ...scope, from } }];
  return [{ key: "all", name: "Everything", size: total, scope: {} }, ...nodes, ...inFamily, ...smaller];
}

function ShownNode({ node, digest, unit }: { node: KeptNode; digest: string; unit: RetainedView["unit"] }) {
  const { version, selfSize, keptCount, referrerCount, retainedSize } = node;
  return (
    <div className="mt-3 space-y-1 border-t border-line px-1 pt-3 text-dim">
      {version === "" ? null : (
        <p className="break-words">
          version <Visible text={version} />
        </p>
      )}
      {unit === "bytes" ? (
        <p>
          {formatAmount(selfSize, unit)} itself, {formatAmount(retainedSize - selfSize, unit)} in{" "}
          {formatCounted(keptCount, "node")} that it alone keeps
        </p>
      ) : (
        <p>{formatCounted(keptCount, "component")} that it alone keeps</p>
      )}
      <p>needed by {formatCounted(referrerCount, "node")} directly</p>
      <p className="flex flex-wrap gap-x-4">
        <Link href={graphPath(digest, node)} prefetch={false} className="text-link">
          In the graph
        </Link>
        <Link href={whyPath(digest, node)} prefetch={false} className="text-link">
          Why is it here?
        </Link>
      </p>
    </div>
  );
}

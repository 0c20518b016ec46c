import { CloseLink } from "#components/ui/close-link.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import { nodeText } from "#lib/display/paths.ts";
import type { FocusMiddle, FocusPath } from "#lib/model/focus-answer.ts";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { FocusName } from "./focus-name.tsx";
import { PathLines } from "./focus-way.tsx";

interface PathToProps {
  readonly middle: FocusMiddle;
  readonly state: GraphState;
  readonly kinds: boolean;
}

const FIRST_MATCH = "first-path-match";

/** The shortest path between the node in the middle and another one. */
export function FocusPathTo({ middle, state, kinds }: PathToProps) {
  const { path } = middle;
  return (
    <section aria-label="Path to another node" className="text-[0.8125rem]">
      {path?.to === undefined ? (
        <div className="flex justify-center">
          <SearchField parameter="to" label="Path to…" enters={FIRST_MATCH} />
        </div>
      ) : null}
      {path === undefined ? null : path.to === undefined ? (
        <Matches path={path} state={state} kinds={kinds} />
      ) : (
        <div className="rounded-md border border-line bg-raised px-4 py-2.5">
          <div className="mb-1 flex items-start justify-between gap-3">
            <p className="min-w-0 text-dim">{pathWords(path, middle)}</p>
            <CloseLink href={graphAddress(state, { to: "" })} label="Close the path" />
          </div>
          {path.path === undefined ? null : <PathLines path={path.path} state={state} kinds={kinds} />}
        </div>
      )}
    </section>
  );
}

function pathWords({ to, direction, path }: FocusPath, { node }: FocusMiddle) {
  const other = <Visible text={to?.name ?? ""} className="font-medium text-ink" />;
  if (to?.nodeIndex === node.nodeIndex) return <>This is the same node.</>;
  if (direction === undefined || path === undefined) return <>It does not need {other}, nor the reverse.</>;
  const steps = path.first.length + path.omitted + path.last.length - 1;
  const far = steps === 1 ? "directly" : `in ${formatCount(steps)} steps`;
  return direction === "from" ? (
    <>
      It needs {other} {far}
    </>
  ) : (
    <>
      {other} needs it {far}
    </>
  );
}

function Matches({ path: { matches, matchCount }, state, kinds }: { path: FocusPath } & Omit<PathToProps, "middle">) {
  if (matchCount === 0) return <p className="py-2 text-center text-dim">No matches.</p>;
  return (
    <ul className="mt-1 rounded-md border border-line bg-raised px-3 py-1">
      {matches.map((match, i) => (
        <li key={match.nodeIndex}>
          <RowLink
            id={i === 0 ? FIRST_MATCH : undefined}
            href={graphAddress(state, { to: nodeText(match) })}
            className="group h-7 gap-1.5!"
          >
            <FocusName node={match} kinds={kinds} />
          </RowLink>
        </li>
      ))}
      {matchCount > matches.length ? (
        <li className="py-1 text-dim">{formatCount(matchCount - matches.length)} more: type a longer name</li>
      ) : null}
    </ul>
  );
}

import Link from "next/link";
import { SideMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { artifactPath } from "#lib/display/paths.ts";
import type { GraphState } from "./graph-address.ts";
import { NamedAddress } from "./named-address.tsx";
import { COMPARED_VIEWS, ViewSwitch } from "./view-switch.tsx";

interface Named {
  readonly digest: string;
  readonly name: string;
}

/** The two artifacts, and the ways to look at their graphs. */
export function ComparedTitle({ left, right, state }: { left: Named; right: Named; state: GraphState }) {
  return (
    <>
      <h1 className="flex min-w-0 items-center gap-2 truncate font-medium tracking-tight">
        <SideName side="left" artifact={left} />
        <span className="text-dim">→</span>
        <SideName side="right" artifact={right} />
      </h1>
      <ViewSwitch state={state} views={COMPARED_VIEWS} />
      <NamedAddress page={state.page} index={state.index} node={state.node} />
    </>
  );
}

function SideName({ side, artifact }: { side: "left" | "right"; artifact: Named }) {
  return (
    <Link href={artifactPath(artifact.digest)} className="flex min-w-0 items-center gap-1.5 hover:text-accent">
      <SideMark side={side} />
      <Visible text={artifact.name} className="truncate" />
    </Link>
  );
}

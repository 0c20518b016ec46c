import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { artifactPath } from "#lib/display/paths.ts";
import type { GraphState } from "./graph-address.ts";
import { NamedAddress } from "./named-address.tsx";
import { ARTIFACT_VIEWS, ViewSwitch } from "./view-switch.tsx";

interface GraphTitleProps {
  readonly artifact: { readonly digest: string; readonly name: string };
  readonly state: GraphState;
}

/** Whose graph it is, and the ways to look at it: at the same place in each of them. */
export function GraphTitle({ artifact: { digest, name }, state }: GraphTitleProps) {
  return (
    <>
      <h1 className="min-w-0 truncate font-medium tracking-tight">
        <Link href={artifactPath(digest)} className="hover:text-accent">
          <Visible text={name} />
        </Link>{" "}
        <span className="font-normal text-dim">graph</span>
      </h1>
      <ViewSwitch state={state} views={ARTIFACT_VIEWS} />
      <NamedAddress page={state.page} index={state.index} node={state.node} />
    </>
  );
}

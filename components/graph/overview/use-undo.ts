"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { currentState } from "../map/camera-address.ts";

type Undoable = Pick<GraphState, "open" | "kind" | "layer" | "root" | "evidence" | "min">;

function undoablePart({ open, kind, layer, root, evidence, min }: GraphState): Undoable {
  return { open, kind, layer, root, evidence, min };
}

/** ⌘Z or Ctrl Z takes back the last opening or closing of a group and the last filter, whatever was selected since. */
export function useUndo(state: GraphState): void {
  const router = useRouter();
  const past = useRef<Undoable[]>([undoablePart(state)]);
  const key = JSON.stringify(undoablePart(state));
  const remember = useEffectEvent((now: string) => {
    const before = past.current.findIndex((part) => JSON.stringify(part) === now);
    // The back button, or an undo: what came after is gone.
    if (before >= 0) past.current.length = before + 1;
    else past.current.push(undoablePart(state));
  });
  useEffect(() => remember(key), [key]);
  const undo = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "z" || event.shiftKey || !(event.metaKey || event.ctrlKey)) return;
    if (event.target instanceof HTMLInputElement || past.current.length < 2) return;
    event.preventDefault();
    const address = graphAddress(currentState(state.page), past.current.at(-2)!);
    router.push(address, { scroll: false });
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => undo(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

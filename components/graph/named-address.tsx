"use client";

import { useEffect } from "react";
import { graphAddress } from "./graph-address.ts";
import { currentState } from "./map/camera-address.ts";

interface NamedAddressProps {
  readonly page: string;
  /** The selected node: its index, and what an address should call it. */
  readonly index: number | undefined;
  readonly node: string | undefined;
}

/** Names the selected node in the address bar, where it was given by its index: another scan may number nodes differently. */
export function NamedAddress({ page, index, node }: NamedAddressProps) {
  useEffect(() => {
    const state = currentState(page);
    if (node === undefined || state.node === node || state.node !== `${index}`) return;
    const focus = state.focus === state.node ? node : state.focus;
    // With the router's own state, as for the camera: it must not drop a navigation that is under way.
    window.history.replaceState(window.history.state, "", graphAddress(state, { node, focus }));
  }, [page, index, node]);
  return null;
}

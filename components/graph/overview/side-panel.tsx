import type { ReactNode } from "react";
import { PanelSplitter } from "../panel-splitter.tsx";

const ID = "graph-panel";

/** The panel beside a drawing, as wide as its reader wants it; on a narrow page a sheet below. */
export function SidePanel({ children }: { children: ReactNode }) {
  return (
    <>
      <PanelSplitter controls={ID} className="max-sm:hidden" />
      <div
        id={ID}
        className="absolute inset-x-0 bottom-0 z-20 h-[46%] overflow-y-auto border-line bg-raised max-sm:border-t sm:inset-y-0 sm:left-auto sm:h-auto sm:w-(--panel) sm:border-l"
      >
        {children}
      </div>
    </>
  );
}

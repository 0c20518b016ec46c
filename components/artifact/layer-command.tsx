import type { ReactNode } from "react";
import { Visible } from "#components/ui/visible.tsx";
import { labelText } from "#lib/display/shown-text.ts";

/** UTF-16 units of a command in its tooltip: enough for nearly all commands. */
const MAX_COMMAND = 1500;

interface LayerCommandProps {
  /** Tidied; "" if the image has none. */
  readonly made: string;
  readonly colour: string;
  /** Before the command. */
  readonly children?: ReactNode;
}

/** The command that made a layer, beside the layer's colour. */
export function LayerCommand({ made, colour, children }: LayerCommandProps) {
  return (
    <span className="flex items-center gap-2" data-tip={made === "" ? undefined : labelText(made, MAX_COMMAND)}>
      <span
        aria-hidden
        className="size-2.5 shrink-0 rounded-[2px] outline-1 -outline-offset-1 outline-(--stratum-edge)"
        style={{ background: colour }}
      />
      {children}
      <span className="line-clamp-1 font-mono text-xs break-all">
        {made === "" ? <span className="font-sans text-dim">not recorded in the image</span> : <Visible text={made} />}
      </span>
    </span>
  );
}

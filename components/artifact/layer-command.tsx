import { Visible } from "#components/ui/visible.tsx";
import { labelText } from "#lib/display/shown-text.ts";

/** UTF-16 units of a command that its tooltip tells: nearly every one to its end. */
const MAX_COMMAND = 1500;

/** What made a layer, beside the layer's colour. `made`: tidied, "" where the image does not say. */
export function LayerCommand({ made, colour }: { made: string; colour: string }) {
  return (
    <span className="flex items-center gap-2" data-tip={made === "" ? undefined : labelText(made, MAX_COMMAND)}>
      <span
        aria-hidden
        className="size-2.5 shrink-0 rounded-[2px] outline-1 -outline-offset-1 outline-(--stratum-edge)"
        style={{ background: colour }}
      />
      <span className="line-clamp-1 font-mono text-xs break-all">
        {made === "" ? <span className="font-sans text-dim">the image does not say</span> : <Visible text={made} />}
      </span>
    </span>
  );
}

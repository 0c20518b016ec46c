import { Chips } from "#components/ui/chips.tsx";

interface LayerFilterProps {
  /** What is filtered: "Files in layer". */
  readonly label: string;
  readonly count: number;
  readonly chosen: number | undefined;
  readonly hrefOf: (layer: number | undefined) => string;
}

/** Limits a list to one layer; the chosen one again shows all. */
export function LayerFilter({ label, count, chosen, hrefOf }: LayerFilterProps) {
  const chips = Array.from({ length: count }, (_, layer) => ({
    key: `${layer}`,
    href: hrefOf(layer === chosen ? undefined : layer),
    chosen: layer === chosen,
    label: <span className="min-w-3 text-center tabular-nums">{layer}</span>,
  }));
  return (
    <div className="flex items-baseline gap-x-2 text-[0.8125rem]">
      <span className="shrink-0 text-dim">{label}</span>
      <Chips label={label} chips={chips} />
    </div>
  );
}

import { X } from "lucide-react";
import Link from "next/link";
import { Chips } from "#components/ui/chips.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { nodeText } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { FilterChoices } from "#lib/views/graph.ts";
import { EVIDENCE_LINES } from "../evidence.tsx";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { FilterMenu } from "./filter-menu.tsx";

const LEAST_BYTES = [10 * 1024, 100 * 1024, 1024 ** 2, 10 * 1024 ** 2, 100 * 1024 ** 2];
const LEAST_COUNTS = [2, 5, 10, 50];

interface OverviewFiltersProps {
  readonly choices: FilterChoices;
  readonly state: GraphState;
  readonly unit: MeasureUnit;
}

/** What the drawing is limited to, and what colours mean. Only what tells nodes of this graph apart. */
export function OverviewFilters({ choices, state, unit }: OverviewFiltersProps) {
  const { kinds, layers, roots, evidence, paths } = choices;
  const to = (changes: Parameters<typeof graphAddress>[1]) => graphAddress(state, changes);
  const all = (key: keyof GraphState, chosen: boolean) => ({
    ...{ key: "", label: "All", chosen },
    href: to({ [key]: key === "kind" ? [] : undefined }),
  });
  const least = unit === "bytes" ? LEAST_BYTES : LEAST_COUNTS;
  return (
    <>
      {paths === undefined ? null : (
        <Link
          href={to({ paths: undefined })}
          scroll={false}
          className="flex h-7 min-w-0 items-center gap-1 rounded-md border border-accent bg-wash px-2 text-[0.8125rem] text-accent"
          aria-label={labelText(`Show more than the paths to ${paths.name}`)}
        >
          <span className="truncate">Paths to {labelText(paths.name, 60)}</span> <X aria-hidden size={14} />
        </Link>
      )}
      {kinds.length > 1 ? (
        <FilterMenu
          label="Kind"
          choices={[
            all("kind", state.kind.length === 0),
            ...kinds.map(({ kind, count }) => {
              const chosen = state.kind.includes(kind);
              const next = chosen ? state.kind.filter((other) => other !== kind) : [...state.kind, kind];
              const label = (
                <>
                  <KindMark kind={kind} /> {KIND_LABELS[kind]}{" "}
                  <span className="ml-auto text-dim">{formatCount(count)}</span>
                </>
              );
              return { key: kind, href: to({ kind: next }), chosen, label };
            }),
          ]}
        />
      ) : null}
      {layers.length > 1 ? (
        <FilterMenu
          label="Layer"
          choices={[
            all("layer", state.layer === undefined),
            ...layers.map(({ count }, layer) => ({
              ...{ key: `${layer}`, href: to({ layer }), chosen: state.layer === layer },
              label: (
                <>
                  Layer {layer} <span className="ml-auto text-dim">{formatCounted(count, "node")}</span>
                </>
              ),
            })),
          ]}
        />
      ) : null}
      {roots.length > 1 ? (
        <FilterMenu
          label="Root"
          choices={[
            all("root", state.root === undefined),
            ...roots.map(({ nodeIndex, id, name, version }) => ({
              ...{ key: `${nodeIndex}`, href: to({ root: nodeText({ nodeIndex, id }) }) },
              chosen: choices.root?.nodeIndex === nodeIndex,
              label: (
                <span className="truncate">
                  {labelText(name, 60)} <span className="text-dim">{labelText(version, 40)}</span>
                </span>
              ),
            })),
          ]}
        />
      ) : null}
      {evidence.length > 1 ? (
        <FilterMenu
          label="Evidence"
          choices={[
            all("evidence", state.evidence === undefined),
            ...evidence.map((name) => ({
              ...{ key: name, href: to({ evidence: name }), chosen: state.evidence === name },
              label: EVIDENCE_LINES[name].label,
            })),
          ]}
        />
      ) : null}
      <FilterMenu
        label="Size"
        choices={[
          all("min", state.min === undefined),
          ...least.map((min) => ({
            ...{ key: `${min}`, href: to({ min }), chosen: state.min === min },
            label: `retains ${unit === "bytes" ? formatBytes(min) : formatCounted(min, "component")} or more`,
          })),
        ]}
      />
      {kinds.length > 1 || layers.length > 1 ? <ColourChips choices={choices} state={state} /> : null}
    </>
  );
}

function ColourChips({ choices: { kinds, layers }, state }: Pick<OverviewFiltersProps, "choices" | "state">) {
  const ways = (["size", "kind", "layer"] as const).filter(
    (way) => way === "size" || (way === "kind" ? kinds.length > 1 : layers.length > 1),
  );
  const label = { size: "Size", kind: "Kind", layer: "Layer" };
  return (
    <span className="flex items-center gap-1 text-[0.8125rem] text-dim">
      colour
      <Chips
        label="Colour"
        chips={ways.map((way) => ({
          ...{ key: way, chosen: state.colour === way, label: label[way] },
          href: graphAddress(state, { colour: way }),
        }))}
      />
    </span>
  );
}

import type { AlignableName } from "#lib/model/answer.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { HeldComponent, Holding } from "#lib/model/holding.ts";
import type { RowRung } from "./rung.ts";

interface Group {
  readonly kind: ComponentKind;
  readonly name: string;
  /** Positions in the list of variants. */
  readonly variants: number[];
  bytes: number;
}

interface OpenVariant {
  readonly component: HeldComponent;
  readonly group: Group;
  readonly artifacts: number[];
  bytes: number;
}

const NOBODY = -1;
const SEVERAL = -2;

/**
 * The names (ecosystem and name) with more than one identity in the set, by the bytes saved if each were aligned to one, the most
 * first.
 *
 * `savedBytes` is a lower bound for any choice of kept variant: the bytes of the units on this rung that belong to the name's
 * variants and to nothing else in the set, less the share of the variant with the most of them. So bytes that the variants have
 * in common do not count as saved, nor do bytes that another component needs. On `package` variants have nothing in common; on
 * `file` they share each file that did not change between versions.
 *
 * The rung's rows must be bodies and items, which components own: `live`, `package` or `file`, not `chain` or `layer`.
 * `components[i]` are artifact i's, by node index.
 */
export function computeAlignable(
  holdings: readonly Holding[],
  components: readonly (readonly HeldComponent[])[],
  rung: RowRung,
): AlignableName[] {
  const { unitOfRow } = rung;
  const variants = findVariants(components);
  const variantOfRow = holdings.map((holding, i) => {
    return toVariantRows(ownersOf(holding, rung.itemOfRow?.[i]), components[i]!, variants);
  });
  const list = [...variants.values()];
  const groups = [...new Set(list.map(({ group }) => group))];
  const groupOfUnit = findGroups({ rung, unitOfRow, variantOfRow, list, groups });
  sumVariants({ rung, unitOfRow, variantOfRow, list, groups, groupOfUnit });
  return groups
    .filter((group) => group.variants.length > 1)
    .map((group) => toAlignable(group, list))
    .sort((a, b) => b.savedBytes - a.savedBytes || (a.name < b.name ? -1 : 1) || (a.kind < b.kind ? -1 : 1));
}

/** By component id, in order of first occurrence; `unowned` is not a name. */
function findVariants(components: readonly (readonly HeldComponent[])[]): Map<number, OpenVariant> {
  const variants = new Map<number, OpenVariant>();
  const groups = new Map<string, Group>();
  for (const [artifact, held] of components.entries()) {
    for (const component of held) {
      const { componentId, kind, name } = component;
      if (kind === "unowned") continue;
      const group = groups.get(`${kind}\n${name}`) ?? { kind, name, variants: [], bytes: 0 };
      groups.set(`${kind}\n${name}`, group);
      let variant = variants.get(componentId);
      if (variant === undefined) {
        variant = { component, group, artifacts: [], bytes: 0 };
        group.variants.push(variants.size);
        variants.set(componentId, variant);
      }
      if (variant.artifacts.at(-1) !== artifact) variant.artifacts.push(artifact);
    }
  }
  return variants;
}

/** For each row of an artifact, the node index of its owner; `undefined` if row i is node i. */
function ownersOf(holding: Holding, itemOfRow: Int32Array | undefined): Int32Array | undefined {
  return holding.kind === "image" ? holding.bodies.owner : itemOfRow;
}

/** For each row of an artifact, the index of the variant that owns it, -1 for none. */
function toVariantRows(
  owners: Int32Array | undefined,
  components: readonly HeldComponent[],
  variants: ReadonlyMap<number, OpenVariant>,
): Int32Array {
  const positions = new Map([...variants.keys()].map((componentId, i) => [componentId, i]));
  const ofNode = Int32Array.from(components, ({ componentId }) => positions.get(componentId) ?? NOBODY);
  return owners === undefined ? ofNode : owners.map((owner) => ofNode[owner] ?? NOBODY);
}

interface Rows {
  readonly rung: RowRung;
  readonly unitOfRow: readonly Int32Array[];
  readonly variantOfRow: readonly Int32Array[];
  readonly list: readonly OpenVariant[];
  readonly groups: readonly Group[];
}

/** By unit: the group if all its rows belong to one, else `SEVERAL`. */
function findGroups({ rung, unitOfRow, variantOfRow, list, groups }: Rows): Int32Array {
  const positions = new Map(groups.map((group, i) => [group, i]));
  const groupOfVariant = Int32Array.from(list, ({ group }) => positions.get(group)!);
  const groupOfUnit = new Int32Array(rung.unitCount).fill(NOBODY);
  for (const [i, units] of unitOfRow.entries()) {
    for (let row = 0; row < units.length; row++) {
      const group = groupOfVariant[variantOfRow[i]![row]!] ?? SEVERAL;
      const known = groupOfUnit[units[row]!]!;
      groupOfUnit[units[row]!] = known === NOBODY || known === group ? group : SEVERAL;
    }
  }
  return groupOfUnit;
}

/** Adds each unit once to each variant that has it, and once to the group. */
function sumVariants({ rung, groupOfUnit, groups, ...rows }: Rows & { groupOfUnit: Int32Array }): void {
  for (let unit = 0; unit < rung.unitCount; unit++) {
    const group = groups[groupOfUnit[unit]!];
    if (group !== undefined) group.bytes += rung.bytes[unit]!;
  }
  const { starts, units } = bucketByVariant(rows);
  const lastVariant = new Int32Array(rung.unitCount).fill(NOBODY);
  for (const [position, variant] of rows.list.entries()) {
    for (let k = starts[position]!; k < starts[position + 1]!; k++) {
      const unit = units[k]!;
      if (lastVariant[unit] === position || groupOfUnit[unit]! < 0) continue;
      lastVariant[unit] = position;
      variant.bytes += rung.bytes[unit]!;
    }
  }
}

/** The units of all rows, grouped by variant. */
function bucketByVariant({ unitOfRow, variantOfRow, list }: Omit<Rows, "rung" | "groups">) {
  const starts = new Int32Array(list.length + 1);
  for (const rows of variantOfRow) for (const variant of rows) if (variant >= 0) starts[variant + 1]!++;
  for (let i = 0; i < list.length; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const units = new Int32Array(starts[list.length]!);
  for (const [i, rows] of variantOfRow.entries()) {
    for (let row = 0; row < rows.length; row++) {
      const variant = rows[row]!;
      if (variant >= 0) units[next[variant]!++] = unitOfRow[i]![row]!;
    }
  }
  return { starts, units };
}

function toAlignable({ kind, name, bytes, variants }: Group, list: readonly OpenVariant[]): AlignableName {
  const open = variants.map((position) => list[position]!).sort((a, b) => b.bytes - a.bytes);
  return {
    kind,
    name,
    variants: open.map(({ component: { version, id }, artifacts, bytes: own }) => {
      return { version, id, in: artifacts, bytes: own };
    }),
    savedBytes: bytes - open[0]!.bytes,
  };
}

import type { ComponentKind } from "#lib/model/component.ts";

/** How a distribution names its packages of another ecosystem's libraries. */
interface NamingPolicy {
  readonly distribution: ComponentKind;
  readonly ecosystem: ComponentKind;
  /** The distribution's package of the library with this name. */
  readonly packageOf: (name: string) => string;
}

/** Names that the policies themselves define: a package that only resembles a library's name has no row here. */
const NAMING_POLICIES: readonly NamingPolicy[] = [
  // Debian's JavaScript policy, "Package naming": a module is `node-` and its name, and the slash of a scope becomes a hyphen
  // (https://wiki.debian.org/Javascript/Policy). Package names are lower-case without underscores (Debian policy, 5.6.7).
  { distribution: "deb", ecosystem: "npm", packageOf: (name) => `node-${toDebianName(name)}` },
];

function toDebianName(name: string): string {
  return name.toLowerCase().replace(/^@/, "").replace(/[/_]/g, "-");
}

interface NamedComponent {
  readonly kind: string;
  readonly name: string;
}

/**
 * Libraries that are there from two ecosystems, as positions in `components`: those of a distribution's packages with one name, and
 * those of the library that its naming policy gives that name. A name that two libraries of the ecosystem would have says nothing of
 * either.
 */
export function findTwoEcosystems(
  components: readonly NamedComponent[],
): { readonly packaged: readonly number[]; readonly native: readonly number[] }[] {
  return NAMING_POLICIES.flatMap(({ distribution, ecosystem, packageOf }) => {
    const packages = groupByName(components, distribution, (name) => name);
    const libraries = groupByName(components, ecosystem, packageOf);
    return [...libraries].flatMap(([name, native]) => {
      const packaged = packages.get(name);
      const isOne = new Set(native.map((i) => components[i]!.name)).size === 1;
      return packaged === undefined || !isOne ? [] : [{ packaged, native }];
    });
  });
}

function groupByName(
  components: readonly NamedComponent[],
  kind: ComponentKind,
  keyOf: (name: string) => string,
): Map<string, number[]> {
  const ofKind = [...components.keys()].filter((i) => components[i]!.kind === kind);
  return Map.groupBy(ofKind, (i) => keyOf(components[i]!.name));
}

import type { DocumentBuilder } from "../sbom-document/index.ts";

/** Whether a relationship leads from the element to the related one, or back. */
type Direction = "forward" | "backward";

/** SPDX 2.3, clause 11: relationships by which one element needs or contains the other. */
const DIRECTIONS_2: Readonly<Record<string, Direction>> = {
  CONTAINS: "forward",
  CONTAINED_BY: "backward",
  DEPENDS_ON: "forward",
  DEPENDENCY_OF: "backward",
  BUILD_DEPENDENCY_OF: "backward",
  DEV_DEPENDENCY_OF: "backward",
  OPTIONAL_DEPENDENCY_OF: "backward",
  PROVIDED_DEPENDENCY_OF: "backward",
  RUNTIME_DEPENDENCY_OF: "backward",
  TEST_DEPENDENCY_OF: "backward",
  DYNAMIC_LINK: "forward",
  STATIC_LINK: "forward",
  HAS_PREREQUISITE: "forward",
  PREREQUISITE_FOR: "backward",
  OPTIONAL_COMPONENT_OF: "backward",
  PACKAGE_OF: "backward",
};

/** SPDX 3.0, `RelationshipType`: all of them lead from `from` to `to`. */
const NEEDS_3 = new Set([
  "contains",
  "dependsOn",
  "hasDynamicLink",
  "hasOptionalComponent",
  "hasOptionalDependency",
  "hasPrerequisite",
  "hasProvidedDependency",
  "hasStaticLink",
]);

/** Kinds of relationship named in one fault. */
const MAX_NAMED_KINDS = 8;

/** Adds the relationships that are edges, and counts the others. */
export class Relationships {
  readonly #builder: DocumentBuilder;
  readonly #leftOut = new Map<string, number>();

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  add2(from: string, type: string, to: string): void {
    const direction = Object.hasOwn(DIRECTIONS_2, type) ? DIRECTIONS_2[type] : undefined;
    if (direction === "forward") this.#builder.addRelation(from, to, type);
    else if (direction === "backward") this.#builder.addRelation(to, from, type);
    else this.#leave(type);
  }

  add3(from: string, type: string, to: string): void {
    if (NEEDS_3.has(type)) this.#builder.addRelation(from, to, type);
    else this.#leave(type);
  }

  #leave(type: string): void {
    const kind = type.slice(0, 64);
    this.#leftOut.set(kind, (this.#leftOut.get(kind) ?? 0) + 1);
  }

  /** One fault for all relationships that are no edges. */
  report(): void {
    const kinds = [...this.#leftOut].sort(([, a], [, b]) => b - a);
    if (kinds.length === 0) return;
    const listed = kinds
      .slice(0, MAX_NAMED_KINDS)
      .map(([kind, count]) => `${count} ${JSON.stringify(kind).slice(1, -1)}`);
    const more = kinds.length > listed.length ? `, and ${kinds.length - listed.length} more kinds` : "";
    this.#builder.addFault(`relationships left out, neither dependencies nor containment: ${listed.join(", ")}${more}`);
  }
}

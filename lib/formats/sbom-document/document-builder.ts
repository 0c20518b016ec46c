import { FaultList, quote } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SbomComponent, SbomDocument } from "#lib/model/sbom.ts";

/** Components of one document. The largest that syft has written for a public image has some 20,000. */
const MAX_SBOM_COMPONENTS = 100_000;
/** Relations of one document, files included: ten of each component. */
const MAX_SBOM_RELATIONS = 1_000_000;
/** Characters of a name, a version, a purl or a reference. */
const MAX_SBOM_TEXT = 4096;

/** The reference of something that is no component: a file, a service, another document's element. */
const NO_COMPONENT = -1;

/**
 * Collects the components and relations of one document, in any order: references are resolved at the end. What is wrong with them
 * is a fault, and the rest is read. Throws InputError (`limit-exceeded`) for a document that is too large.
 */
export class DocumentBuilder {
  readonly faults = new FaultList();
  readonly #place: string;
  readonly #components: SbomComponent[] = [];
  readonly #positionOf = new Map<string, number>();
  readonly #fromRefs: string[] = [];
  readonly #toRefs: string[] = [];
  readonly #relation: number[] = [];
  readonly #relations = new Map<string, number>();
  readonly #rootRefs: string[] = [];
  readonly #nested: { readonly from: number; readonly to: number }[] = [];
  readonly #roots = new Set<number>();
  #artifactRef: string | undefined;
  #fileCount = 0;

  constructor(place: string) {
    this.#place = place;
  }

  addFault(message: string | (() => string)): void {
    this.faults.add(message, "bad-sbom");
  }

  /** The position of a component; `undefined` if it has no name, or a text is too long. `what` names it in a fault. */
  addComponent(component: SbomComponent, what: string): number | undefined {
    const { ref, purl, name, version, id } = component;
    if (name === "") {
      this.addFault(`${what} has no name, and is left out`);
      return undefined;
    }
    if ([ref, purl, name, version, id].some((text) => text.length > MAX_SBOM_TEXT)) {
      this.addFault(`${what} has a text of more than ${MAX_SBOM_TEXT} characters, and is left out`);
      return undefined;
    }
    const position = this.#components.length;
    if (position === MAX_SBOM_COMPONENTS) throw this.#tooMany("components", MAX_SBOM_COMPONENTS);
    this.#components.push(component);
    this.#addRef(ref, position);
    return position;
  }

  addFile(ref: string): void {
    this.#fileCount++;
    this.#addRef(ref, NO_COMPONENT);
  }

  /** Something else that relations may name. */
  addOther(ref: string): void {
    if (ref !== "" && !this.#positionOf.has(ref)) this.#positionOf.set(ref, NO_COMPONENT);
  }

  /** What a document of this product is about, if it is no component: what it leads to are the roots. */
  addArtifact(ref: string): void {
    this.addOther(ref);
    this.#artifactRef = ref;
  }

  hasRef(ref: string): boolean {
    return this.#positionOf.has(ref);
  }

  #addRef(ref: string, position: number): void {
    if (ref === "") return;
    if (this.#positionOf.has(ref)) this.addFault(() => `${quote(ref)} occurs twice: relations mean the first`);
    else this.#positionOf.set(ref, position);
  }

  addRoot(ref: string): void {
    this.#rootRefs.push(ref);
  }

  addRootAt(position: number): void {
    this.#roots.add(position);
  }

  /** `from` needs or contains `to`; both are references. */
  addRelation(from: string, to: string, relation: string): void {
    this.#checkRelations();
    if (from === this.#artifactRef) this.addRoot(to);
    else {
      this.#fromRefs.push(from);
      this.#toRefs.push(to);
      this.#relation.push(this.#relationIndex(relation));
    }
  }

  /** The component at `to` is written inside that at `from`. */
  addNested(from: number, to: number): void {
    this.#checkRelations();
    this.#nested.push({ from, to });
  }

  #checkRelations(): void {
    if (this.#relation.length + this.#nested.length === MAX_SBOM_RELATIONS)
      throw this.#tooMany("relations", MAX_SBOM_RELATIONS);
  }

  #tooMany(what: string, limit: number): InputError {
    return new InputError("limit-exceeded", this.#place, `an SBOM of more than ${limit} ${what}`);
  }

  #relationIndex(relation: string): number {
    const known = this.#relations.get(relation);
    if (known !== undefined) return known;
    this.#relations.set(relation, this.#relations.size);
    return this.#relations.size - 1;
  }

  build(facts: Pick<SbomDocument, "format" | "specVersion" | "name">): SbomDocument {
    const edges = this.#resolveRelations();
    this.#resolveRoots();
    return {
      ...facts,
      components: this.#components,
      edges,
      roots: Int32Array.from(this.#roots).sort(),
      fileCount: this.#fileCount,
      faults: this.faults.found,
    };
  }

  #resolveRoots(): void {
    for (const ref of this.#rootRefs) {
      const position = this.#positionOf.get(ref);
      if (position === undefined) this.#addDangling(() => `the document describes ${quote(ref)}`);
      else if (position !== NO_COMPONENT) this.#roots.add(position);
    }
  }

  #resolveRelations(): SbomDocument["edges"] {
    const [from, to, relation]: number[][] = [[], [], []];
    const inside = this.#nested.length > 0 ? this.#relationIndex("components") : -1;
    for (const nested of this.#nested) {
      from!.push(nested.from);
      to!.push(nested.to);
      relation!.push(inside);
    }
    const words = [...this.#relations.keys()];
    for (const [i, index] of this.#relation.entries()) {
      const ends = this.#resolve(i, words[index]!);
      if (ends === undefined) continue;
      from!.push(ends[0]);
      to!.push(ends[1]);
      relation!.push(index);
    }
    const columns = { from: Int32Array.from(from!), to: Int32Array.from(to!), relation: Int32Array.from(relation!) };
    return { ...columns, relations: words };
  }

  /** The ends of a relation between two components. */
  #resolve(i: number, word: string): readonly [from: number, to: number] | undefined {
    const [fromRef, toRef] = [this.#fromRefs[i]!, this.#toRefs[i]!];
    const [from, to] = [this.#positionOf.get(fromRef), this.#positionOf.get(toRef)];
    if (from === undefined || to === undefined) {
      this.#addDangling(() => `${word} from ${quote(fromRef)} to ${quote(toRef)}`);
      return undefined;
    }
    if (from === NO_COMPONENT || to === NO_COMPONENT) return undefined;
    if (from !== to || isStoreItem(this.#components[from]!)) return [from, to];
    this.addFault(() => `${word} from ${quote(fromRef)} to itself, left out`);
    return undefined;
  }

  #addDangling(what: () => string): void {
    this.faults.add(() => `${what()}: not in the document`, "unresolved-dependency");
  }
}

/** A store item may refer to itself. */
function isStoreItem({ id }: SbomComponent): boolean {
  return id.startsWith("/");
}

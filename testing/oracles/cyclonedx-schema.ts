import { type Spec, Validation } from "@cyclonedx/cyclonedx-library";

interface Component {
  readonly "bom-ref": string;
}

interface Document {
  readonly specVersion: Spec.Version;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly compositions: readonly { readonly assemblies?: string[]; readonly dependencies?: string[] }[];
}

/**
 * What is wrong with a CycloneDX document by the official schema of its version, including repeated references and dependencies of
 * what is not in it, which the schema cannot say.
 */
export async function listCycloneDxFaults(text: string): Promise<string[]> {
  const document: Document = JSON.parse(text);
  const errors = await validatorOf(document.specVersion).validate(text);
  if (errors !== null) return [JSON.stringify(errors)];
  const refs = [document.metadata.component, ...document.components].map((component) => component["bom-ref"]);
  const known = new Set(refs);
  const named = [
    ...document.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]),
    ...document.compositions.flatMap(({ assemblies = [], dependencies = [] }) => [...assemblies, ...dependencies]),
  ];
  return [
    ...(known.size < refs.length ? ["repeated references"] : []),
    ...named.filter((ref) => !known.has(ref)).map((ref) => `${ref} is not in the document`),
  ];
}

/** A validator compiles its schema once, which takes a tenth of a second. */
const validators = new Map<Spec.Version, Validation.JsonStrictValidator>();

function validatorOf(version: Spec.Version): Validation.JsonStrictValidator {
  const known = validators.get(version) ?? new Validation.JsonStrictValidator(version);
  validators.set(version, known);
  return known;
}

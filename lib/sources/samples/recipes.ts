/** The steps of a sample image, lowest layer first. The names are npm packages that Stratigraph itself has installed. */
export interface SampleRecipe {
  readonly name: string;
  readonly steps: readonly SampleStep[];
}

export type SampleStep =
  | { readonly kind: "runtime" }
  /** The packages of these names and their dependencies, except those in a lower layer of the recipe. */
  | { readonly kind: "packages"; readonly names: readonly string[]; readonly dev?: true }
  /** Removes the packages of the `dev` steps: shipped bytes that no container sees. */
  | { readonly kind: "prune" }
  | { readonly kind: "application" };

const POSTGRES: SampleStep = { kind: "packages", names: ["pg", "pg-copy-streams"] };
const SCHEMAS: SampleStep = { kind: "packages", names: ["valibot", "packageurl-js"] };

/**
 * A base and two services on it. Both services have the same two layers, in different orders: a registry stores the same bytes
 * once and a disk twice.
 */
export const SAMPLE_RECIPES: readonly SampleRecipe[] = [
  { name: "sample-base", steps: [{ kind: "runtime" }] },
  {
    name: "sample-api",
    steps: [
      { kind: "runtime" },
      POSTGRES,
      SCHEMAS,
      { kind: "packages", names: ["commander", "tar-stream"] },
      { kind: "application" },
    ],
  },
  {
    name: "sample-web",
    steps: [
      { kind: "runtime" },
      SCHEMAS,
      POSTGRES,
      { kind: "packages", names: ["cmdk", "d3-hierarchy", "next-themes", "react", "react-dom"] },
      { kind: "packages", names: ["@types/react"], dev: true },
      { kind: "prune" },
      { kind: "application" },
    ],
  },
];

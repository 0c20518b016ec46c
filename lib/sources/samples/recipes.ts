/** What a sample image is made of, lowest layer first. The names are npm packages that Stratigraph itself has installed. */
export interface SampleRecipe {
  readonly name: string;
  readonly steps: readonly SampleStep[];
}

export type SampleStep =
  | { readonly kind: "runtime" }
  /** The packages of these names and what they depend on, less what a lower layer of the recipe's has. */
  | { readonly kind: "packages"; readonly names: readonly string[]; readonly dev?: true }
  /** Takes away again what the `dev` steps brought: bytes that are shipped and that nobody sees. */
  | { readonly kind: "prune" }
  | { readonly kind: "application" };

const POSTGRES: SampleStep = { kind: "packages", names: ["pg", "pg-copy-streams"] };
const SCHEMAS: SampleStep = { kind: "packages", names: ["zod", "packageurl-js"] };

/**
 * A base and two services on it. Both services have the same two layers, in different orders: the same bytes, which a
 * registry keeps once and a disk twice.
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
      { kind: "packages", names: ["cmdk", "cytoscape", "d3-hierarchy", "next-themes", "react", "react-dom"] },
      { kind: "packages", names: ["@types/react"], dev: true },
      { kind: "prune" },
      { kind: "application" },
    ],
  },
];

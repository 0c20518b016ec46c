/**
 * The repository of a name: the name without its digest and its tag (the reference grammar of distribution/reference). A name without
 * a tag is its own repository. list-versions.ts says the same in SQL, as the index artifact_name_repository_idx has it.
 */
export function repositoryOf(name: string): string {
  return name.replace(/@[^/@]*$/, "").replace(/:[^/:]+$/, "");
}

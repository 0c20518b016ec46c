/** An artifact's kind in words, marked if only its manifest is known. */
export function artifactKind({
  kind,
  manifestOnly,
}: {
  readonly kind: string;
  readonly manifestOnly?: boolean;
}): string {
  if (kind === "sbom") return "SBOM";
  return manifestOnly ? `${kind}, manifest only` : kind;
}

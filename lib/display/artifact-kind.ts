/** An artifact's kind, marked if only its manifest is known. */
export function artifactKind({
  kind,
  manifestOnly,
}: {
  readonly kind: string;
  readonly manifestOnly?: boolean;
}): string {
  return manifestOnly ? `${kind}, manifest only` : kind;
}

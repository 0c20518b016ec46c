const DOCUMENTATION =
  /^usr\/(?:local\/)?share\/(?:doc|doc-base|man|info|locale|lintian|bug|examples|gtk-doc|help)(?:\/|$)/;

/** Whether a path is documentation, which no program needs to run. */
export function isInformational(path: string): boolean {
  return DOCUMENTATION.test(path);
}

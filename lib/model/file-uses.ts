/** The detail of an edge that is observed because a file names a library. */
export function libraryDetail(path: string, library: string): string {
  return `${path} needs ${library}`;
}

/** Whether an observed edge is known from a library that a file names, not from an interpreter or a symlink. */
export function isLibraryDetail(detail: string): boolean {
  return detail.includes(" needs ");
}

/** UTF-16 units of a distribution's name. PyPI's longest are below 100. */
export const MAX_NAME_LENGTH = 256;

const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

/** The name under which Python's tools compare distributions (PEP 503): `Zope.Interface` → `zope-interface`. */
export function normaliseName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

/** Whether it is a name by the core metadata specification. */
export function isPythonName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && NAME.test(name);
}

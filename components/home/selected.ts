/** The field, and the parameter of addresses, that names selected artifacts: the beginning of the digest of each. */
export const SELECTED = "in";

import type { DebPackage } from "#lib/formats/dpkg/index.ts";

/** An installed Debian package in its place among the components. */
export interface InstalledDeb {
  readonly package: DebPackage;
  readonly index: number;
  /** The file that describes it. */
  readonly database: string;
  /** Where it is described in `status.d`: the name there, beside which its list is `NAME.md5sums`; else "". */
  readonly member: string;
}

import type { DebPackage } from "#lib/formats/dpkg/index.ts";

/** An installed Debian package and its position among the components. */
export interface InstalledDeb {
  readonly package: DebPackage;
  readonly index: number;
  /** The file with its record. */
  readonly database: string;
  /** The name of its record in `status.d`, beside which its list is `NAME.md5sums`; else "". */
  readonly member: string;
}

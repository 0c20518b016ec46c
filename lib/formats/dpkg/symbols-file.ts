import { FaultList } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";

/** The first version of a package whose library has a symbol. */
export interface MinimumVersion {
  readonly packageName: string;
  readonly version: string;
}

/** ` name@version minimum [number of a template]` */
const SYMBOL = /^ (\S+?)@\S+ (\S+)/;
/** `soname package dependency` */
const LIBRARY = /^(\S+) (\S+)/;

/** What a package's list of symbols (deb-symbols(5)) says of a symbol of one library; of several versions of it the first. */
export function findMinimumVersion(text: string, soname: string, symbol: string): MinimumVersion | undefined {
  let packageName: string | undefined;
  for (const { text: line } of eachLine(text, new FaultList())) {
    if (line.startsWith(" ")) {
      const [, name, version] = (packageName !== undefined && SYMBOL.exec(line)) || [];
      if (name === symbol) return { packageName: packageName!, version: version! };
    } else if (!/^[*|#]/.test(line)) {
      const [, library, owner] = LIBRARY.exec(line) ?? [];
      packageName = library === soname ? owner : undefined;
    }
  }
  return undefined;
}

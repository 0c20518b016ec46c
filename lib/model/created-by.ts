import { cutText } from "./cut-text.ts";

/** Maximum UTF-16 units that are tidied. A scan stores no more; artifacts of earlier versions may have any number. */
const MAX_TIDIED = 4096;

const SHELL = /^(?:\|\d+\s+(?:\S+=\S*\s+)*)?\/bin\/(?:ba|a)?sh -c\s+/;
const NO_OPERATION = /^#\(nop\)\s+/;
const BUILDKIT = /\s*# buildkit$/;

/** `created_by` of a layer's history as a person wrote it: without the shell, `#(nop)` and BuildKit's mark. */
export function tidyCreatedBy(createdBy: string): string {
  const withoutMark = cutText(createdBy, MAX_TIDIED).trim().replace(BUILDKIT, "");
  const withoutShell = withoutMark.replace(SHELL, "");
  if (NO_OPERATION.test(withoutShell)) return collapse(withoutShell.replace(NO_OPERATION, ""));
  const ran = withoutShell !== withoutMark;
  return collapse(ran ? `RUN ${withoutShell}` : withoutShell)
    .replace(/^RUN (?:RUN )+/, "RUN ")
    .replace(/^RUN \/bin\/sh -c /, "RUN ");
}

function collapse(text: string): string {
  return text.replace(/[ \t]+/g, " ").trim();
}

import type { NodeProgram, ProgramNeed } from "#lib/model/program-answer.ts";
import { type Columns, column } from "../table.ts";

/** One need of one file. */
interface Row {
  readonly file: NodeProgram;
  readonly need: ProgramNeed | undefined;
}

const elfOf = ({ file: { program } }: Row) => (program.kind === "elf" ? program : undefined);

export const PROGRAM_COLUMNS = {
  path: column("File", "path", ({ file }) => `/${file.path}`),
  soname: column("SONAME", "text", (row) => elfOf(row)?.soname ?? null),
  runpath: column("RUNPATH", "path", (row) => elfOf(row)?.runpath ?? null),
  rpath: column("RPATH", "path", (row) => elfOf(row)?.rpath ?? null),
  buildId: column("Build ID", "text", (row) => elfOf(row)?.buildId ?? null),
  script: column("Script", "text", ({ file: { program } }) => (program.kind === "script" ? program.line : null)),
  need: column("Needs", "text", ({ need }) => need?.name ?? null),
  found: column("Found", "path", ({ need }) => (need?.found === undefined ? null : `/${need.found.path}`)),
  owner: column("Owner", "text", ({ need }) => need?.found?.owner?.name ?? null),
  versions: column("Versions", "text", ({ need }) => need?.versions.map(({ name }) => name).join(" ") ?? null),
  missing: column(
    "Missing versions",
    "text",
    ({ need }) =>
      need?.versions
        .filter(({ isMissing }) => isMissing)
        .map(({ name }) => name)
        .join(" ") ?? null,
  ),
} satisfies Columns<Row>;

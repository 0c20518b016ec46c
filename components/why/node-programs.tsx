import { NeedList } from "#components/file/program-panel.tsx";
import { DataTable, None } from "#components/ui/data-table.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { type AddressedNode, listedFilePath, programsCsvPath } from "#lib/display/paths.ts";
import type { NodeProgram, NodePrograms, ProgramAnswer } from "#lib/model/program-answer.ts";

interface NodeProgramsProps {
  readonly digest: string;
  readonly node: AddressedNode;
  /** `undefined` for an artifact that is no image. */
  readonly programs: NodePrograms | undefined;
  readonly moreHref: string | undefined;
}

/** The programs, libraries and scripts of a node: the facts behind its observed edges. */
export function Programs({ digest, node, programs, moreHref }: NodeProgramsProps) {
  if (programs === undefined || programs.count === 0) return null;
  return (
    <Section
      id="programs"
      title="What its programs need"
      note={formatCounted(programs.count, "program, library or script", "programs, libraries and scripts")}
      tools={<CsvLink href={programsCsvPath(digest, node)} />}
    >
      <DataTable<NodeProgram>
        label="Programs, libraries and scripts"
        rows={programs.rows}
        keyOf={({ path }) => path}
        total={programs.count}
        rest={(count) => `${formatCounted(count, "more file")}`}
        moreHref={moreHref}
        columns={[
          {
            name: "File",
            className: "w-2/5 min-w-36 py-1.5 align-top font-mono text-xs break-all",
            cell: ({ path, program }) => (
              <>
                <MaybeLink href={listedFilePath(digest, path)} className="quiet-link">
                  <Visible text={`/${path}`} />
                </MaybeLink>
                <Own program={program} />
              </>
            ),
          },
          {
            name: "Needs",
            className: "min-w-40 py-1.5 align-top text-xs",
            cell: ({ program }) => <Needs program={program} digest={digest} />,
          },
        ]}
      />
    </Section>
  );
}

/** What the file says of itself, in a line each. */
function Own({ program }: { program: ProgramAnswer }) {
  if (program.kind === "script") return null;
  const { soname, runpath, rpath, buildId } = program;
  const lines = [
    ["SONAME", soname],
    ["RUNPATH", runpath],
    ["RPATH", rpath],
    ["build ID", buildId],
  ].filter(([, value]) => value !== "");
  return lines.map(([label, value]) => (
    <span key={label} className="block text-2xs text-dim">
      {label} <Visible text={value!} />
    </span>
  ));
}

/** Needs shown of one file; the file's page has all. */
const SHOWN_NEEDS = 12;

function Needs({ program, digest }: { program: ProgramAnswer; digest: string }) {
  if (program.kind === "script")
    return (
      <span className="font-mono break-all">
        #!
        <Visible text={program.line} />
      </span>
    );
  const { interpreter, needed, isResolved } = program;
  const all = [...(interpreter === undefined ? [] : [interpreter]), ...needed];
  if (all.length === 0) return <None />;
  return <NeedList needs={all} limit={SHOWN_NEEDS} digest={digest} isResolved={isResolved} />;
}

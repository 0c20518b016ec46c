import { CopyLink } from "#components/ui/copy-text.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { visibleLines, visibleText } from "#lib/display/visible-text.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import { MAX_NOTE_LENGTH, MAX_TITLE_LENGTH, type Report } from "#lib/model/report.ts";

const FORMATS = [
  { format: "html", label: "HTML", tip: "One file that opens offline; tables stay sortable" },
  { format: "md", label: "Markdown", tip: "For a pull-request comment" },
  { format: "csv", label: "CSV", tip: "The main table, bytes as whole numbers" },
  { format: "json", label: "JSON", tip: "Everything" },
];

const FIELD = "w-full rounded-md border border-line-strong bg-raised px-3 py-1.5 text-[0.8125rem]";

/** Actions for a report: copy its link, export it, and edit its title and note. */
export function ReportBar({ report, url }: { report: Report; url: string }) {
  const made = new Date(report.createdAt).toISOString().slice(0, 16).replace("T", " ");
  return (
    <div className="mb-8 border-b border-line pb-4 text-[0.8125rem]">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className="min-w-0 text-dim">
          Report made {made} UTC. It does not change, even if its artifacts are removed.
        </p>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3 sm:ml-auto">
          <Downloads id={report.id} />
          <CopyLink url={url} />
        </div>
      </div>
      <ReportInputs artifacts={report.answer.artifacts} />
      {report.note === "" ? null : <p className="mt-3 max-w-3xl whitespace-pre-wrap">{visibleLines(report.note)}</p>}
      <WordsForm report={report} />
    </div>
  );
}

function Downloads({ id }: { id: string }) {
  return (
    <p>
      <span className="text-dim">Download as</span>{" "}
      {FORMATS.map(({ format, label, tip }, i) => (
        <span key={format}>
          {i > 0 ? <span className="text-dim"> · </span> : null}
          <a href={`/r/${id}/export/${format}`} download data-tip={tip} className="text-link">
            {label}
          </a>
        </span>
      ))}
    </p>
  );
}

/** Title and note can be edited, the answer cannot. */
function WordsForm({ report: { id, title, note } }: { report: Report }) {
  return (
    <details className="writes mt-3">
      <summary className="w-fit cursor-pointer text-dim hover:text-ink">Title, note, delete</summary>
      <form method="post" action={`/r/${id}/words`} className="mt-3 flex max-w-2xl flex-col gap-3">
        <label className="flex flex-col gap-1">
          <span className="text-xs text-dim">Title</span>
          <input
            name="title"
            defaultValue={visibleText(title)}
            required
            maxLength={MAX_TITLE_LENGTH}
            className={FIELD}
          />
        </label>
        <label className="flex flex-col gap-1">
          <span className="text-xs text-dim">Note</span>
          <textarea
            name="note"
            defaultValue={visibleLines(note)}
            rows={3}
            maxLength={MAX_NOTE_LENGTH}
            className={FIELD}
          />
        </label>
        <button type="submit" className="h-8 w-fit rounded-md border border-line-strong px-3 hover:bg-shade">
          Save
        </button>
      </form>
      <details className="mt-3">
        <summary className="w-fit cursor-pointer text-dim hover:text-ink">Delete this report</summary>
        <form method="post" action={`/r/${id}/remove`} className="mt-2 flex flex-wrap items-center gap-3">
          <span>Its link will stop working.</span>
          <button type="submit" className="h-8 rounded-md border border-line-strong px-3 text-warn hover:bg-shade">
            Delete permanently
          </button>
        </form>
      </details>
    </details>
  );
}

/** More inputs than these are folded. */
const SHOWN = 6;

/** The artifacts of a report, by digest: these identify them even if their names have moved. */
function ReportInputs({ artifacts }: { artifacts: readonly ArtifactLabel[] }) {
  if (artifacts.length <= SHOWN) return <Inputs artifacts={artifacts} />;
  return (
    <details className="mt-3">
      <summary className="w-fit text-dim hover:text-ink">About {formatCounted(artifacts.length, "artifact")}</summary>
      <Inputs artifacts={artifacts} />
    </details>
  );
}

function Inputs({ artifacts }: { artifacts: readonly ArtifactLabel[] }) {
  // A difference may compare an artifact with itself.
  const distinct = [...new Map(artifacts.map((artifact) => [artifact.digest, artifact])).values()];
  const names = nameArtifacts(distinct);
  return (
    <ul aria-label="Artifacts of the report" className="mt-3 flex flex-wrap gap-x-8 gap-y-1">
      {distinct.map(({ digest, kind }, i) => (
        <li key={digest} className="flex min-w-0 items-baseline gap-2">
          <Visible text={names[i]!} className="min-w-0 truncate" />
          <span className="text-dim">{kind}</span>
          <Digest value={digest} />
        </li>
      ))}
    </ul>
  );
}

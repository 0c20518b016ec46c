import { Command } from "#components/ui/command.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { shellWord } from "#lib/model/shell-word.ts";
import type { RebaseView } from "#lib/views/rebase.ts";

/** Blocking findings listed here; all of them are among the findings. */
const MAX_BLOCKERS = 8;

/** The command that writes the image, or what has to be settled first. This page writes nothing. */
export function WriteSection({ view: { sources, answer } }: { view: RebaseView }) {
  const blockers = answer?.parts.flatMap(({ findings }) => findings.filter(({ weight }) => weight === "blocks")) ?? [];
  return (
    <section aria-labelledby="write" className="mt-10 first:mt-0">
      <h2 id="write" className="mb-2 text-base font-medium tracking-tight">
        {blockers.length > 0 ? "What blocks it" : "Write it"}
      </h2>
      {blockers.length > 0 ? <Blockers blockers={blockers} /> : <WriteCommand sources={sources} />}
    </section>
  );
}

function WriteCommand({ sources: { image, from, to } }: Pick<RebaseView, "sources">) {
  const [source, old, newer] = [image, from, to].map(shellWord);
  return (
    <>
      <Command text={`./stratigraph rebase \\\n  ${source} \\\n  --from ${old} \\\n  --to ${newer} \\\n  -o oci:out`} />
      <p className="mt-2 text-xs text-dim">This page writes nothing. The same inputs give the same digest.</p>
    </>
  );
}

function Blockers({ blockers }: { blockers: readonly Finding[] }) {
  const hidden = blockers.length - MAX_BLOCKERS;
  return (
    <>
      <ul className="space-y-1.5 text-[0.8125rem]">
        {blockers.slice(0, MAX_BLOCKERS).map(({ kind, path, message }) => (
          <li key={`${kind} ${path} ${message}`} className="border-l-2 border-stop pl-2 break-words">
            {path === "" ? null : <Visible text={`/${path}`} className="block font-mono text-xs break-all" />}
            <Visible text={message} />
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <p className="mt-2 text-xs text-dim">{formatCounted(hidden, "more finding")} at the left.</p>
      ) : null}
      <p className="mt-2 text-xs text-dim">Build the image again on the new base.</p>
    </>
  );
}

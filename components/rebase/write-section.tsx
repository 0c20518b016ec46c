import Link from "next/link";
import { Command } from "#components/ui/command.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { CHECK_LABELS } from "#lib/display/rebase-words.ts";
import type { CheckedPart } from "#lib/model/rebase-answer.ts";
import { shellWord } from "#lib/model/shell-word.ts";
import type { RebaseView } from "#lib/views/rebase.ts";
import { checkHref, type RebaseParams } from "./rebase-address.ts";

interface WriteSectionProps {
  readonly view: RebaseView;
  readonly params: RebaseParams;
}

/** The command that writes the image, or what blocks it. This page writes nothing. */
export function WriteSection({ view: { sources, answer, plan }, params }: WriteSectionProps) {
  const blocking = answer?.parts.filter((part) => countBlocking(part) > 0) ?? [];
  return (
    <section aria-labelledby="write" className="mt-10 first:mt-0">
      <h2 id="write" className="mb-2 text-base font-medium tracking-tight">
        {blocking.length > 0 ? "What blocks it" : "Write it"}
      </h2>
      {blocking.length > 0 ? (
        <Blockers parts={blocking} newBase={plan.to.moved?.name ?? plan.to.name} params={params} />
      ) : (
        <WriteCommand sources={sources} />
      )}
    </section>
  );
}

function countBlocking({ findings }: CheckedPart): number {
  return findings.filter(({ weight }) => weight === "blocks").length;
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

interface BlockersProps {
  readonly parts: readonly CheckedPart[];
  readonly newBase: string;
  readonly params: RebaseParams;
}

/** The checks that block it, each with the number of its findings. */
function Blockers({ parts, newBase, params }: BlockersProps) {
  return (
    <>
      <ul className="text-[0.8125rem]">
        {parts.map((part) => (
          <li key={part.check} className="flex justify-between gap-4 border-b border-line py-2 first:border-t">
            <Link href={checkHref(params, { check: part.check })} prefetch={false} className="text-link">
              {CHECK_LABELS[part.check]}
            </Link>
            <span className="shrink-0 text-stop">{formatCounted(countBlocking(part), "finding")}</span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs break-words text-dim">
        Build the image again on <Visible text={newBase} />.
      </p>
    </>
  );
}

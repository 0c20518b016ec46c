import Link from "next/link";
import { DataTable, None } from "#components/ui/data-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { NEED_WORDS } from "#lib/display/need-words.ts";
import { needsPath } from "#lib/display/paths.ts";
import { NEED_LISTS, type NeedList, type NeedsAnswer } from "#lib/model/needs-answer.ts";

/** What an image needs and does not have, and where its declarations and files disagree: a line for each list, which has its page. */
export function NeedsSummary({ digest, needs }: { digest: string; needs: NeedsAnswer | undefined }) {
  if (needs === undefined) return null;
  return (
    <Section id="needs" title="Needs" note={<UnaskedNote needs={needs} />}>
      <DataTable<NeedList>
        label="Lists of needs"
        rows={NEED_LISTS}
        keyOf={(list) => list}
        columns={[
          {
            name: "What",
            className: "min-w-44 sm:whitespace-nowrap",
            cell: (list) => (
              <Link
                href={needsPath(digest, list)}
                prefetch={false}
                className="text-link"
                data-tip={NEED_WORDS[list].definition}
              >
                {NEED_WORDS[list].title}
              </Link>
            ),
          },
          { name: "Number", right: true, cell: (list) => formatCount(needs[list].length) },
          {
            name: "For example",
            from: "sm",
            headingClass: "pl-6",
            className: "w-full max-w-0 pl-6",
            cell: (list) => <Example text={exampleOf(needs, list)} />,
          },
        ]}
      />
    </Section>
  );
}

function UnaskedNote({ needs: { unasked, unaskedSize, rootCount } }: { needs: NeedsAnswer }) {
  if (rootCount === 0) return "nothing is known to be asked for";
  if (unasked.length === 0) return "everything was asked for, or is needed by what was";
  return `${formatCounted(unasked.length, "component")} with ${formatBytes(unaskedSize)} that nothing asked for`;
}

function Example({ text }: { text: string | undefined }) {
  if (text === undefined) return <None />;
  return (
    <span className="block truncate text-dim">
      <Visible text={text} />
    </span>
  );
}

/** The first row of a list in words. */
function exampleOf({ unmet, undeclared, unused, unasked }: NeedsAnswer, list: NeedList): string | undefined {
  const firsts: Readonly<Record<NeedList, string | undefined>> = {
    unmet: unmet[0]?.message,
    undeclared: undeclared[0]?.detail,
    unused: unused[0] && `${unused[0].component.name}: ${unused[0].detail}`,
    unasked: unasked[0]?.component.name,
  };
  return firsts[list];
}

import { Section } from "#components/ui/section.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { EVIDENCE_DEFINITIONS, EVIDENCE_LABELS } from "#lib/display/lineage-words.ts";
import { BASE_EVIDENCE, type LineageImage } from "#lib/model/lineage.ts";

/** How the bases of images are known: all kinds of evidence, the strongest first, those without an image, too. */
export function EvidenceSection({ images }: { images: readonly LineageImage[] }) {
  return (
    <Section id="evidence" title="How we know">
      <ul className="text-[0.8125rem]">
        {BASE_EVIDENCE.map((evidence) => {
          const count = images.filter((image) => image.evidence === evidence).length;
          return (
            <li key={evidence} className="border-b border-line py-2">
              <p
                className={`flex justify-between gap-4 ${count === 0 ? "text-dim" : ""}`}
                data-tip={count === 0 ? EVIDENCE_DEFINITIONS[evidence] : undefined}
              >
                <span>{EVIDENCE_LABELS[evidence]}</span>
                <span className="shrink-0">{count === 0 ? "0" : formatCounted(count, "image")}</span>
              </p>
              {count === 0 ? null : <p className="mt-0.5 text-xs text-dim">{EVIDENCE_DEFINITIONS[evidence]}</p>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

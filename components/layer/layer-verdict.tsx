import Link from "next/link";
import type { ReactNode } from "react";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { layerPath, removePath } from "#lib/display/paths.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import type { HidingLayer } from "#lib/model/layer-files.ts";
import type { LayerAnswer, LayerView } from "#lib/views/layer.ts";

interface VerdictProps {
  readonly view: LayerView;
  readonly answer: LayerAnswer;
}

/** What the figures mean, in a sentence. */
export function LayerVerdict({ view, answer }: VerdictProps) {
  const { added, changed, removed, hidden, same } = answer.figures;
  const content = added.bytes + changed.bytes;
  if (hidden.bytes > 0) return <HiddenVerdict view={view} answer={answer} content={content} />;
  if (removed.bytes > content)
    return (
      <Verdict warn>
        <b>{content === 0 ? "This step only removes." : "This step mostly removes."}</b> {formatBytes(removed.bytes)} of
        lower layers leave the view of containers, but every pull still fetches them. Remove them in the step that adds
        them.
      </Verdict>
    );
  if (same.bytes > 0)
    return (
      <Verdict warn>
        <b>{formatBytes(same.bytes)} of this layer repeat content of the layers below.</b> Only mode, owner or time of{" "}
        {formatCounted(same.count, "file")} changed. Set them in the step that adds the files.
      </Verdict>
    );
  if (content === 0)
    return (
      <Verdict>
        <b>This layer adds no bytes:</b> it has only directories, links or empty files.
      </Verdict>
    );
  return (
    <Verdict>
      <b>Containers see all of its {formatBytes(content)}.</b>
      {removed.bytes === 0 ? "" : ` It hides ${formatBytes(removed.bytes)} of the layers below.`}
    </Verdict>
  );
}

function HiddenVerdict({ view, answer, content }: VerdictProps & { content: number }) {
  const { hidden, hiding } = answer.figures;
  const { artifact, layer } = view;
  const isAll = hidden.bytes === content;
  return (
    <Verdict warn>
      <b>
        {isAll
          ? "No container sees any of these bytes."
          : `No container sees ${formatBytes(hidden.bytes)} of this layer.`}
      </b>{" "}
      {hiding[0] === undefined ? null : <Hider view={view} hider={hiding[0]} others={hiding.length - 1} />}{" "}
      {layer.downloadSize === undefined || !isAll
        ? ""
        : `Every pull still fetches ${formatBytes(layer.downloadSize)}. `}
      <Link href={removePath(artifact.digest)} prefetch={false} className="text-link">
        See everything that can go
      </Link>
    </Verdict>
  );
}

function Hider({ view, hider, others }: { view: LayerView; hider: HidingLayer; others: number }) {
  const { artifact, layer, layers } = view;
  if (hider.layer === layer.position) return <>The layer itself contains a path twice; the last one counts.</>;
  const step = tidyCreatedBy(layers[layers.length - 1 - hider.layer]?.createdBy ?? "");
  return (
    <>
      <Link href={layerPath(artifact.digest, hider.layer)} prefetch={false} className="text-link">
        Layer {hider.layer}
      </Link>
      {step === "" ? "" : ", "}
      {step === "" ? null : (
        <span className="font-mono text-xs break-words">
          <Visible text={step.slice(0, 120)} />
          {step.length > 120 ? "…" : ""}
        </span>
      )}
      {step === "" ? " " : ", "}
      {others === 0
        ? "removes or replaces them."
        : `hides most of them, ${formatCounted(others, "other layer")} the rest.`}
    </>
  );
}

function Verdict({ warn = false, children }: { warn?: boolean; children: ReactNode }) {
  return (
    <p
      role="note"
      className={`mt-4 border-l-2 py-0.5 pl-3 text-[0.8125rem] [&>b]:font-medium ${warn ? "border-warn" : "border-line-strong"}`}
    >
      {children}
    </p>
  );
}

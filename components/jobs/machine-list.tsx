"use client";

import { useState } from "react";
import { Bytes } from "#components/ui/bytes.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { EngineImage, MachineOffer } from "#lib/model/machine-offer.ts";
import type { MachineSurvey } from "#lib/views/offers.ts";
import { ChoiceRow } from "./choice-row.tsx";
import { type Lookup, useLookup } from "./use-lookup.ts";

/** Images shown before "Show". */
const MAX_FIRST_IMAGES = 5;

/** What this machine has; asked again with each `attempt`. The answer is `null` if this server does not offer it. */
export function useMachine(attempt: number): Lookup<MachineSurvey | null> | undefined {
  return useLookup<MachineSurvey | null>(`/jobs/machine?attempt=${attempt}`, 0).last;
}

interface MachineListProps {
  readonly survey: MachineSurvey;
  readonly chosen: readonly string[];
  readonly setChosen: (chosen: readonly string[]) => void;
  readonly again: () => void;
}

/** Images of the engine and stores, to choose from; a place where nothing was found is a grey row. */
export function MachineList({ survey, chosen, setChosen, again }: MachineListProps) {
  const toggle = (source: string) => (isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, source] : chosen.filter((each) => each !== source));
  return (
    <ul className="space-y-3">
      {survey.offers.map((offer) => (
        <li key={offer.source}>
          {offer.kind === "engine" ? (
            <EngineImages offer={offer} scanned={survey.scanned} chosen={chosen} toggle={toggle} />
          ) : offer.kind === "store" ? (
            <ul>
              <ChoiceRow
                name={offer.label}
                isChosen={chosen.includes(offer.source)}
                choose={toggle(offer.source)}
                note={`${formatCounted(offer.itemCount, "path")}, ${formatCounted(offer.profileCount, "profile")}`}
                size={<Bytes value={offer.bytes} />}
              />
            </ul>
          ) : (
            <Missing offer={offer} again={again} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface EngineImagesProps {
  readonly offer: Extract<MachineOffer, { kind: "engine" }>;
  readonly scanned: readonly string[];
  readonly chosen: readonly string[];
  readonly toggle: (source: string) => (isChosen: boolean) => void;
}

function EngineImages({ offer, scanned, chosen, toggle }: EngineImagesProps) {
  const [areAllShown, setAllShown] = useState(false);
  const images = areAllShown ? offer.images : offer.images.slice(0, MAX_FIRST_IMAGES);
  const hidden = offer.images.length - images.length;
  return (
    <>
      <div className="flex justify-between px-2 pb-1 text-xs text-dim">
        <span>
          {offer.label}, {formatCounted(offer.imageCount, "image")}
        </span>
        <span>to read</span>
      </div>
      <ul>
        {images.map((image) => (
          <ChoiceRow
            key={image.id}
            name={image.name.replace(/^(docker\.io\/library|localhost)\//, "")}
            isChosen={chosen.includes(sourceOf(image))}
            choose={toggle(sourceOf(image))}
            note={imageNote(image, scanned)}
            size={<Bytes value={image.bytes} />}
          />
        ))}
      </ul>
      {hidden === 0 ? null : (
        <button type="button" onClick={() => setAllShown(true)} className="text-link px-2 py-1.5 text-xs">
          Show {formatCounted(hidden, "more image")}
        </button>
      )}
    </>
  );
}

/** An image as the engine finds it: by its id if it has no name. */
function sourceOf({ id, name }: EngineImage): string {
  return `docker-daemon:${name === id ? id.replace("sha256:", "") : name}`;
}

function imageNote({ id, onlyThere }: EngineImage, scanned: readonly string[]) {
  if (scanned.includes(id)) return "scanned";
  if (onlyThere === undefined) return null;
  return (
    <>
      <Bytes value={onlyThere} /> only there
    </>
  );
}

function Missing({ offer, again }: { offer: Extract<MachineOffer, { kind: "missing" }>; again: () => void }) {
  return (
    <div className="flex items-baseline justify-between gap-3 px-2 text-dim">
      <span className="min-w-0">
        {offer.label}
        <span className="block text-xs wrap-anywhere">
          <Visible text={offer.line} />
        </span>
      </span>
      <button
        type="button"
        onClick={again}
        aria-label={`Try again: ${offer.label}`}
        className="text-link shrink-0 text-xs"
      >
        Try again
      </button>
    </div>
  );
}

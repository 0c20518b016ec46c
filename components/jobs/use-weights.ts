import { useEffect, useState } from "react";
import { type ImageWeight, MAX_WEIGHED } from "#lib/model/registry-offer.ts";
import { useLookup } from "./use-lookup.ts";

/** Milliseconds without a change before the registry is asked for manifests. */
const DEBOUNCE_MS = 300;

/** What scans of these images would download, by image, as far as it is known yet. It is asked for a few at a time. */
export function useWeights(images: readonly string[], platform: string): ReadonlyMap<string, ImageWeight> {
  const [known, setKnown] = useState<ReadonlyMap<string, ImageWeight>>(new Map());
  const wanted = images.filter((image) => !known.has(`${platform} ${image}`)).slice(0, MAX_WEIGHED);
  const query = new URLSearchParams([...wanted.map((image) => ["source", image]), ["platform", platform]]);
  const { last } = useLookup<ImageWeight[]>(wanted.length === 0 ? undefined : `/jobs/weights?${query}`, DEBOUNCE_MS);
  useEffect(() => {
    if (last?.answer === undefined) return;
    const asked = new URL(last.path, location.href).searchParams.get("platform") ?? "";
    const found = last.answer.map((each) => [`${asked} ${each.source.replace(/^docker:\/\//, "")}`, each] as const);
    setKnown((before) => new Map([...before, ...found]));
  }, [last]);
  return new Map(images.flatMap((image) => toEntry(image, known.get(`${platform} ${image}`))));
}

function toEntry(image: string, weight: ImageWeight | undefined): [string, ImageWeight][] {
  return weight === undefined ? [] : [[image, weight]];
}

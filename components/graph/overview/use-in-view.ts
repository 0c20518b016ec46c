import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import type { CameraPlace } from "#lib/pictures/camera-place.ts";
import type { Area, PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { usePanelWidth } from "../panel-width.ts";
import { boxKey, groupKey, litSetOf } from "./lit-set.ts";
import { unionOf } from "./union.ts";
import type { CameraControl } from "./use-camera.ts";

interface InView {
  readonly placed: PlacedOverview;
  readonly control: CameraControl;
  readonly chosenKey: string | undefined;
  /** Key of what was clicked last. */
  readonly acted: RefObject<string | undefined>;
  readonly hasPanel: boolean;
}

/** Keeps in view what matters: the selected node with its neighbours beside the panel, and a group that was opened. */
export function useInView({ placed, control, chosenKey, acted, hasPanel }: InView): (key: string) => void {
  const hasCamera = control.camera !== undefined;
  const width = usePanelWidth();
  /** What was seen before the panel opened. */
  const before = useRef<CameraPlace>(undefined);

  const bringIntoView = useEffectEvent((key: string) => {
    const area = areaOf(placed, key);
    if (area !== undefined) control.show(area);
  });
  const bringLit = useEffectEvent(() => {
    if (chosenKey === undefined || areaOf(placed, chosenKey) === undefined) return;
    before.current ??= control.place();
    const keys = [...litSetOf(placed, chosenKey).keys];
    control.show(unionOf(keys.flatMap((key) => areaOf(placed, key) ?? [])));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a panel of another width leaves another room.
  useEffect(() => {
    if (hasCamera) bringLit();
  }, [chosenKey, hasCamera, width]);
  // A group that was opened stays in view, to be opened further.
  const followGroup = useEffectEvent(() => {
    if (acted.current?.startsWith("g")) bringIntoView(acted.current);
    acted.current = undefined;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: after another drawing.
  useEffect(() => followGroup(), [placed]);
  const uncover = useEffectEvent(() => {
    if (before.current !== undefined) control.restore(before.current);
    before.current = undefined;
  });
  useEffect(() => {
    if (!hasPanel) uncover();
  }, [hasPanel]);
  return bringIntoView;
}

export function areaOf({ boxes, groups }: PlacedOverview, key: string): Area | undefined {
  return (
    boxes.find(({ nodeIndex }) => boxKey(nodeIndex) === key) ?? groups.find(({ column }) => groupKey(column) === key)
  );
}

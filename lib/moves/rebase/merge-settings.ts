import { isDeepStrictEqual } from "node:util";

/** A setting of a configuration in JSON; `undefined` if it is not set. */
export type Setting = unknown;

export type SettingKind = "" | "variable" | "label" | "port" | "volume";

/** One setting in the three configurations. */
export interface ThreeWay<T> {
  readonly oldBase: T;
  readonly image: T;
  readonly newBase: T;
}

/**
 * Where a merged setting is from. `taken`: the image had the old base's, and the new base has another one; `kept`: it was set above the
 * base; `conflict`: the same, and the new base changed it, too; `same`: nothing to say.
 */
export type Outcome = "same" | "taken" | "kept" | "conflict";

export interface MergedSetting extends ThreeWay<Setting> {
  /** What it is one of; "" for a member of its own, such as `Cmd`. */
  readonly kind: SettingKind;
  readonly name: string;
  readonly outcome: Outcome;
  readonly merged: Setting;
}

/** The setting as a build on the new base would leave it: one that was set above the base wins, whatever the base says. */
export function mergeSetting(kind: SettingKind, name: string, sides: ThreeWay<Setting>): MergedSetting {
  const [isInherited, isUnchanged] = [isEqual(sides.image, sides.oldBase), isEqual(sides.newBase, sides.oldBase)];
  const isAgreed = isEqual(sides.image, sides.newBase);
  const merged = isInherited ? sides.newBase : sides.image;
  return { kind, name, ...sides, merged, outcome: toOutcome(isInherited, isUnchanged, isAgreed) };
}

function toOutcome(isInherited: boolean, isUnchanged: boolean, isAgreed: boolean): Outcome {
  if (isAgreed) return "same";
  if (isInherited) return "taken";
  return isUnchanged ? "kept" : "conflict";
}

const isEqual = isDeepStrictEqual;

/** Each name's own setting; the new base's names first, then those added above it. */
export function mergeNamed(
  kind: SettingKind,
  { oldBase, image, newBase }: ThreeWay<ReadonlyMap<string, Setting>>,
  mergeOne: typeof mergeSetting = mergeSetting,
): Map<string, MergedSetting> {
  const names = new Set([...newBase.keys(), ...image.keys(), ...oldBase.keys()]);
  return new Map(
    [...names].map((name) => {
      const sides = { oldBase: oldBase.get(name), image: image.get(name), newBase: newBase.get(name) };
      return [name, mergeOne(kind, name, sides)];
    }),
  );
}

/** Variables with elements between colons. */
const LIST_NAME = /(?:PATH|DIRS)$/;

/**
 * A variable of the environment. Lists of directories merge by element. A value that was built from the base's (`"$OPTS -x"`) is built
 * from the new base's.
 */
export function mergeVariable(kind: SettingKind, name: string, sides: ThreeWay<Setting>): MergedSetting {
  const merged = mergeSetting(kind, name, sides);
  if (merged.outcome !== "conflict" || merged.image === undefined) return merged;
  const [oldBase, image, newBase] = [merged.oldBase, merged.image, merged.newBase].map((value) => `${value ?? ""}`);
  const built = LIST_NAME.test(name)
    ? mergeElements(oldBase!.split(":"), image!.split(":"), newBase!.split(":")).join(":")
    : rebuildOn(oldBase!, image!, newBase!);
  if (built === undefined) return merged;
  return { ...merged, merged: built, outcome: built === image ? "kept" : "taken" };
}

function rebuildOn(oldBase: string, image: string, newBase: string): string | undefined {
  return oldBase !== "" && image.includes(oldBase) ? image.replace(oldBase, () => newBase) : undefined;
}

/** The new base's elements, without those that the image removed, and the image's own ones beside the same neighbours as before. */
export function mergeElements(
  oldBase: readonly string[],
  image: readonly string[],
  newBase: readonly string[],
): readonly string[] {
  const [inOld, inImage] = [new Set(oldBase), new Set(image)];
  const ofBase = newBase.filter((element) => element !== "" && (inImage.has(element) || !inOld.has(element)));
  const known = new Set(ofBase);
  const after = new Map<string, string[]>();
  let neighbour = "";
  for (const element of image) {
    if (known.has(element)) neighbour = element;
    else if (!inOld.has(element) && element !== "") after.set(neighbour, [...(after.get(neighbour) ?? []), element]);
  }
  return [...new Set([...(after.get("") ?? []), ...ofBase.flatMap((each) => [each, ...(after.get(each) ?? [])])])];
}

import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { Overview, OverviewNode } from "#lib/model/overview.ts";
import type { HiddenNodes } from "./choose-boxes.ts";
import { cutName, textWidth } from "./name-text.ts";
import type { PlacedBox, PlacedGroup } from "./placed.ts";

export interface BoxStyle {
  readonly font: number;
  readonly height: number;
  /** One line; sizes only of large nodes. */
  readonly small: boolean;
  /** Left off the names. */
  readonly suffix: string;
}

/** Room left and right of a text. */
const PADDING = 5;
/** Between a name and its size. */
const SPACE = 8;
const SIZE_FONT = 11;
/** Share of the largest from which a size is shown in a small box. */
const SIZED_SHARE = 0.05;
/** Share of the largest from which a box stands out, and shows its size even if it costs letters of the name. */
const LARGE_SHARE = 0.25;
/** Less room shows no version. */
const MIN_VERSION_WIDTH = 26;
const MAX_NAME_LETTERS = 120;

type BoxText = Pick<PlacedBox, "nodeIndex" | "title" | "version" | "own" | "kept" | "large" | "sized">;

/** What boxes of one drawing say. */
export class BoxTexts {
  readonly font: number;
  readonly height: number;
  readonly suffix: string;
  readonly small: boolean;
  /** Size of a full bar. */
  readonly fullBar: number;
  readonly largeFrom: number;
  readonly #overview: Overview;
  /** Names that several drawn nodes have. */
  readonly #repeated: ReadonlySet<string>;

  constructor(overview: Overview, drawn: readonly number[], { font, height, small, suffix }: BoxStyle) {
    this.#overview = overview;
    [this.font, this.height, this.small, this.suffix] = [font, height, small, suffix];
    this.fullBar = drawn.reduce((most, node) => Math.max(most, overview.nodes[node]!.retainedSize), 1);
    this.largeFrom = Math.ceil(LARGE_SHARE * this.fullBar);
    const counts = Map.groupBy(drawn, (node) => overview.nodes[node]!.name);
    this.#repeated = new Set([...counts].flatMap(([name, nodes]) => (nodes.length > 1 ? [name] : [])));
  }

  /** The width at which a small box has its whole name, and its size if `sized`. */
  widthOf(node: number, sized: boolean): number {
    const described = this.#overview.nodes[node]!;
    const size =
      sized && this.#isSized(described) ? SPACE + textWidth(this.#sizeText(described.retainedSize), SIZE_FONT) : 0;
    return Math.ceil(2 * PADDING + textWidth(this.#nameOf(described), this.font) + size);
  }

  /** One of those that a drawing is about. */
  isLarge(node: number): boolean {
    return this.#overview.nodes[node]!.retainedSize >= this.largeFrom;
  }

  textOf(node: number, width: number): BoxText {
    const described = this.#overview.nodes[node]!;
    const { nodeIndex, kind, layer, name, retainedSize, selfSize, version, versionBefore } = described;
    const sized = this.#isSized(described) && (!this.small || this.isLarge(node) || this.widthOf(node, true) <= width);
    const size = sized && this.small ? SPACE + textWidth(this.#sizeText(retainedSize), SIZE_FONT) : 0;
    const room = width - 2 * PADDING - size;
    const title = cutName(this.#nameOf(described), this.font, room);
    const left = room - textWidth(title, this.font) - 5;
    const isChanged = versionBefore !== undefined && versionBefore !== "" && versionBefore !== version;
    const own = kind === "unowned" && layer >= 0 ? `layer ${layer + 1}` : version;
    const told = isChanged ? `${versionBefore} → ${version}` : own;
    const shown = this.#repeated.has(name) || isChanged;
    const cut = shown && left >= MIN_VERSION_WIDTH ? cutName(labelText(told, 40), SIZE_FONT, left) : "";
    const bar = (Math.min(selfSize, retainedSize) / this.fullBar) * width;
    const kept = (Math.max(0, retainedSize - selfSize) / this.fullBar) * width;
    const round = (value: number) => Math.round(value * 10) / 10;
    return {
      nodeIndex,
      title,
      version: cut,
      own: round(Math.max(1, bar)),
      kept: round(kept),
      large: this.isLarge(node),
      sized,
    };
  }

  toGroup(
    { column, count, bytes, largest, opened }: HiddenNodes,
    width: number,
  ): Omit<PlacedGroup, "x" | "y" | "width" | "height"> {
    const described = this.#overview.nodes[largest]!;
    const name = cutName(this.#nameOf(described), SIZE_FONT, width - 2 * PADDING - 2);
    return { column, count, bytes, largest: { name, bytes: described.retainedSize }, opened };
  }

  #nameOf({ name }: OverviewNode): string {
    const bare = this.suffix !== "" && name.endsWith(this.suffix) ? name.slice(0, -this.suffix.length) : name;
    return labelText(bare, MAX_NAME_LETTERS);
  }

  #isSized({ retainedSize }: OverviewNode): boolean {
    return !this.small || retainedSize >= SIZED_SHARE * this.fullBar;
  }

  #sizeText(size: number): string {
    return this.#overview.unit === "bytes" ? formatBytes(size) : formatCount(size);
  }
}

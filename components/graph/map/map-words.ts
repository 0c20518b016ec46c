import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { SIDES } from "#lib/display/sides.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { type AnyMapNodes, areCompared } from "#lib/model/map-nodes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { commonSuffix } from "#lib/pictures/map/common-suffix.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { LABEL_FONTS, type LabelFont, type LabelWords } from "#lib/pictures/map/place-map-labels.ts";
import { fontText } from "./paint-map.ts";

/** Letters of a name on the map: no cell has room for more. */
const MAX_LETTERS = 80;
/** The zoom from which names have versions. */
const VERSION_ZOOM = 8;

/** The words on the cells of one map. */
export class MapWords {
  /** Left off all names, because nearly all end with it. */
  readonly suffix: string;
  readonly #section: MapSection;
  readonly #nodes: AnyMapNodes;
  readonly #unit: MeasureUnit;
  readonly #widths = new Map<string, number>();
  readonly #brush = document.createElement("canvas").getContext("2d");

  constructor(section: MapSection, nodes: AnyMapNodes, unit: MeasureUnit) {
    this.#section = section;
    this.#nodes = nodes;
    this.#unit = unit;
    this.suffix = commonSuffix(nodes.names);
  }

  at(zoom: number, family: string): LabelWords {
    return {
      name: (position) => this.nameOf(position),
      note: (position) => this.#noteOf(position, zoom >= VERSION_ZOOM),
      measure: (text, font) => this.#measure(text, font, family),
    };
  }

  nameOf(position: number): string {
    const node = this.#section.nodeAt[position]!;
    const name = this.#nodes.names[node]!;
    const short = this.suffix !== "" && name.endsWith(this.suffix) ? name.slice(0, -this.suffix.length) : name;
    return this.#signOf(node) + visibleText(short.slice(0, MAX_LETTERS));
  }

  /** Beside the colour, never instead of it: some readers cannot see the colour. */
  #signOf(node: number): string {
    if (!areCompared(this.#nodes)) return "";
    const side = this.#nodes.sides[node]!;
    return side === "both" ? "" : `${SIDES[side].sign} `;
  }

  #noteOf(position: number, versions: boolean): string {
    const version = versions
      ? visibleText(this.#nodes.versions[this.#section.nodeAt[position]!]!.slice(0, MAX_LETTERS))
      : "";
    return [version, this.#sizeOf(position)].filter((word) => word !== "").join(" · ");
  }

  #sizeOf(position: number): string {
    const kept = this.#section.keptSize[position]!;
    if (this.#unit === "bytes") return formatBytes(kept);
    return kept === 1 ? "" : formatCount(kept);
  }

  #measure(text: string, font: LabelFont, family: string): number {
    const key = `${LABEL_FONTS[font].weight} ${LABEL_FONTS[font].size} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined || this.#brush === null) return known ?? 0;
    this.#brush.font = fontText(font, family);
    const { width } = this.#brush.measureText(text);
    this.#widths.set(key, width);
    return width;
  }
}

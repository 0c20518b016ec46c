import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PackedColumns, packColumns, textColumn } from "./packed-columns.ts";

describe("packed columns", () => {
  it("come back as they were, of any length", () => {
    const columns = fc.record({
      int32: fc.int32Array(),
      float32: fc.float32Array(),
      float64: fc.float64Array(),
      uint8: fc.uint8Array(),
      texts: fc.array(fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""))),
    });
    fc.assert(
      fc.property(columns, fc.jsonValue(), ({ texts, ...arrays }, about) => {
        const packed = packColumns(about, { ...arrays, texts: textColumn(texts) });
        const read = new PackedColumns(packed.buffer);
        expect(read.about).toEqual(JSON.parse(JSON.stringify(about)));
        expect(read.int32("int32")).toEqual(arrays.int32);
        expect(read.float32("float32")).toEqual(arrays.float32);
        expect(read.float64("float64")).toEqual(arrays.float64);
        expect(read.uint8("uint8")).toEqual(arrays.uint8);
        expect(read.texts("texts")).toEqual(texts);
      }),
    );
  });

  it("name a missing column", () => {
    expect(() => new PackedColumns(packColumns({}, {}).buffer).int32("a")).toThrow("no column a");
  });
});

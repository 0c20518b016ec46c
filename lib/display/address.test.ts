import { describe, expect, it } from "vitest";
import { defineAddress, parameter } from "./address.ts";

const page = defineAddress({
  q: parameter.text,
  sort: parameter.oneOf(["name", "size"]),
  rung: parameter.oneOf(["layer", "file"], "file"),
  least: parameter.integer(0, 1000, 0),
  rows: parameter.limit({ initial: 40, step: 100, max: 150 }),
  cell: parameter.cell,
  in: parameter.names,
});
const DEFAULTS = { q: "", sort: undefined, rung: "file", least: 0, rows: 40, cell: undefined, in: [] };

function parse(query: string) {
  return page.parse(new URLSearchParams(query));
}

describe("an address", () => {
  it("leaves out what is at its default, and reads a plain address as all defaults", () => {
    expect(page.format("/p", parse(""))).toBe("/p");
    expect(parse("")).toEqual(DEFAULTS);
    expect(page.parse({})).toEqual(DEFAULTS);
  });

  it("reads what it wrote", () => {
    const values = {
      q: "a b&c",
      sort: "size",
      rung: "layer",
      least: 5,
      rows: 140,
      cell: [0, 12],
      in: ["x", "y,z"],
    } as const;
    const address = page.format("/p", values);
    expect(address).toBe("/p?q=a+b%26c&sort=size&rung=layer&least=5&rows=140&cell=0.12&in=x,y%252Cz");
    expect(parse(address.slice("/p?".length))).toEqual(values);
  });

  it("ignores invalid values", () => {
    for (const query of [
      "q=a&q=b",
      `q=${"x".repeat(201)}`,
      "sort=color",
      "rung=",
      "least=-1",
      "least=1001",
      "least=1.5",
      "rows=0",
      "rows=all",
      "rows=1&rows=2",
      "cell=0..1",
      "cell=100",
      "in=,%20,",
    ])
      expect(parse(query), query).toEqual(DEFAULTS);
  });

  it("caps a limit at the page's maximum, and offers more until then", () => {
    expect(parse("rows=9000").rows).toBe(150);
    expect(page.more("/p", parse("q=x"), "rows")).toBe("/p?q=x&rows=140");
    expect(page.more("/p", parse("rows=140"), "rows")).toBe("/p?rows=150");
    expect(page.more("/p", parse("rows=150"), "rows")).toBeUndefined();
  });
});

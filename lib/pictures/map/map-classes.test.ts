import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ComponentKind } from "#lib/model/component.ts";
import { storeLikeGraph } from "#testing/builders/graphs.ts";
import { mapSectionOf } from "#testing/builders/map-section.ts";
import { MapScene, WHOLE } from "./map-camera.ts";
import { MapClasses } from "./map-classes.ts";
import { visitCells } from "./visit-cells.ts";

const COUNT = 300;
const ORDER = ["deb", "npm", "pypi", "unowned"] as const;
const sizes = Float64Array.from({ length: COUNT }, (_, node) => (node * 7919) % 1009);
const section = mapSectionOf(storeLikeGraph(COUNT, 3), sizes);
const room = { width: 1200, height: 700, gap: 7 };
const kindsOf = fc.array(fc.constantFrom<ComponentKind>("unowned", "npm", "deb"), {
  minLength: COUNT,
  maxLength: COUNT,
});
/** A node without bytes has a place on the map, too. */
const areaAt = (position: number) => Math.max(1, section.selfSize[position]!);

describe("MapClasses", () => {
  it("lists the kinds that occur, in the order of legends, and the kind at each position", () => {
    fc.assert(
      fc.property(kindsOf, (kindOf) => {
        const { classes, classAt, counts } = new MapClasses<ComponentKind>(section, kindOf, ORDER);
        expect(classes).toEqual(ORDER.filter((kind) => kindOf.includes(kind)));
        expect(counts).toEqual(classes.map((each) => kindOf.filter((kind) => kind === each).length));
        expect(Array.from(classAt, (each) => classes[each])).toEqual(
          Array.from(section.nodeAt, (node) => kindOf[node]),
        );
      }),
    );
  });

  it("adds the areas of any run of positions by kind", () => {
    const position = fc.integer({ min: 0, max: COUNT });
    fc.assert(
      fc.property(kindsOf, position, position, (kindOf, one, other) => {
        const classes = new MapClasses<ComponentKind>(section, kindOf, ORDER);
        const [first, end] = [Math.min(one, other), Math.max(one, other)];
        const areas = new Float64Array(classes.classes.length).fill(5);
        classes.addAreas(areas, first, end);
        const expected = classes.classes.map(() => 5);
        for (let at = first; at < end; at++) expected[classes.classAt[at]!]! += areaAt(at);
        expect([...areas]).toEqual(expected);
      }),
    );
  });
});

describe("visitCells", () => {
  const kindOf = Array.from({ length: COUNT }, (_, node): ComponentKind => (node % 3 === 0 ? "npm" : "deb"));
  const classes = new MapClasses<ComponentKind>(section, kindOf, ORDER);
  const whole = new MapScene(section, room, WHOLE);
  /** The areas of merged nodes: all cells are too small. */
  const listMerged = (asked: MapClasses | undefined, seen = { x: 0, width: room.width }) => {
    const found: { stratum: number; left: number; right: number; kind: number }[] = [];
    const walk = { region: { y: 0, height: room.height, ...seen }, minWidth: 5000, minHeight: 5000, classes: asked };
    visitCells(whole, walk, {
      cell: () => expect.unreachable("every cell is too small"),
      merged: (stratum, left, _top, right, _bottom, _lit, kind) => found.push({ stratum, left, right, kind }),
    });
    return found;
  };
  const all = listMerged(classes);
  /** By run of trees, of which each begins where all before it have ended: the area of its nodes by kind. */
  const listRuns = (first: number, end: number) => {
    const runs: [number, number][] = [];
    let edge = 0;
    for (let tree = first; tree < end; tree = section.endOf[tree]!) {
      if (runs.length === 0 || section.rectangles[4 * tree]! >= edge) runs.push([0, 0]);
      edge = Math.max(edge, section.rectangles[4 * tree + 2]!);
      for (let at = tree; at < section.endOf[tree]!; at++) runs.at(-1)![classes.classAt[at]! as 0 | 1] += areaAt(at);
    }
    return runs;
  };

  it("gives merged nodes the kind that most of their area has", () => {
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set([0, 1]));
    const expected = section.strata.flatMap(({ first, end }) => listRuns(first, end));
    expect(all.map(({ kind }) => kind)).toEqual(expected.map((areas) => areas.indexOf(Math.max(...areas))));
  });

  it("gives merged nodes no kind if none is asked for", () => {
    expect(new Set(listMerged(undefined).map(({ kind }) => kind))).toEqual(new Set([-1]));
  });

  it("gives them the same kind whatever part of them is in view", () => {
    for (const x of [0, 300, 600, 900]) {
      for (const { stratum, left, right, kind } of listMerged(classes, { x, width: 300 })) {
        const around = all.find((one) => one.stratum === stratum && one.left <= left && one.right >= right);
        expect(around?.kind).toBe(kind);
      }
    }
  });
});

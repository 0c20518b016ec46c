import { expect, it } from "vitest";
import { askOf } from "./ask-buttons.tsx";

it("says what a selection lacks, and what a button will show", () => {
  expect(askOf("compare", 0)).toEqual({ label: "Compare", lacks: "Select at least two artifacts.", isPossible: false });
  expect(askOf("compare", 1)).toEqual({ label: "Compare", lacks: "Select at least one more.", isPossible: false });
  expect(askOf("compare", 2)).toEqual({ label: "Compare 2", isPossible: true });
  expect(askOf("compare", 32)).toEqual({ label: "What 32 share", isPossible: true });
  expect(askOf("compare", 35)).toEqual({ label: "Compare", lacks: "32 at most; remove 3", isPossible: false });
  expect(askOf("savings", 0)).toEqual({ label: "Savings", lacks: "Select at least one artifact.", isPossible: false });
  expect(askOf("savings", 1)).toEqual({ label: "Savings of 1", isPossible: true });
  expect(askOf("savings", 33)).toEqual({ label: "Savings", lacks: "32 at most; remove 1", isPossible: false });
});

import { expect, it } from "vitest";
import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import { listBaseMentions } from "./index.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const label = (name: string, value: string) => ({ name, value });

it("lists what annotations and labels name, once", () => {
  expect(listBaseMentions({ [BASE_NAME]: "debian:13", [BASE_DIGEST]: DIGEST }, [label(BASE_NAME, "alpine")])).toEqual([
    { name: "debian:13", digest: DIGEST },
    { name: "alpine", digest: null },
  ]);
  expect(listBaseMentions({ [BASE_NAME]: "alpine" }, [label("other", "x"), label(BASE_NAME, "alpine")])).toEqual([
    { name: "alpine", digest: null },
  ]);
});

it("takes empty values and digests in another form for missing ones", () => {
  expect(listBaseMentions({ [BASE_NAME]: "", [BASE_DIGEST]: "" }, [label(BASE_DIGEST, "md5:1")])).toEqual([]);
});

import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseNarInfo } from "#lib/formats/narinfo/index.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { checkSignatures, listConfiguredKeys, parseTrustedKey, type TrustedKey } from "./index.ts";

const HASH = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const [A, B] = ["a", "b"].map((letter) => `/nix/store/${letter.repeat(32)}-x`) as [string, string];
const INFO = { path: A, narHash: HASH, narSize: 120, references: [B, A], deriver: "" };
/** What Nix signs, spelled out: base 32, and the references in order. */
const FINGERPRINT = `1;${A};sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s;120;${A},${B}`;

interface Signer {
  readonly trusted: TrustedKey;
  readonly signature: string;
}

function makeSigner(name: string, text = FINGERPRINT): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  const key = createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" }));
  return {
    trusted: parseTrustedKey(`${name}:${raw}`)!,
    signature: `${name}:${sign(null, Buffer.from(text), key).toString("base64")}`,
  };
}

describe("a signature", () => {
  const [right, other] = [makeSigner("right-1"), makeSigner("other-1")];

  it("by a given key over the path's facts is verified, whatever other signatures there are", () => {
    for (const signatures of [[right.signature], [other.signature, right.signature]])
      expect(checkSignatures(INFO, signatures, [right.trusted])).toEqual({
        status: "verified",
        keyName: "right-1",
        wrongKeys: [],
      });
  });

  it.each([
    ["the path", { path: B }],
    ["the hash", { narHash: HASH.replace("ba", "bb") }],
    ["the size", { narSize: 121 }],
    ["an unknown size", { narSize: undefined }],
    ["no hash", { narHash: "" }],
    ["a reference", { references: [B] }],
  ])("over other facts is wrong: %s", (_, change) => {
    const checked = checkSignatures({ ...INFO, ...change }, [right.signature], [right.trusted]);
    expect(checked).toEqual({ status: "wrong", keyName: "right-1", wrongKeys: ["right-1"] });
  });

  it("that is wrong is reported beside one that is right", () => {
    const wrong = makeSigner("wrong-1", "1;something else").signature;
    const keys = [right.trusted, { ...other.trusted, name: "wrong-1" }];
    expect(checkSignatures(INFO, [wrong, right.signature], keys)).toEqual({
      status: "verified",
      keyName: "right-1",
      wrongKeys: ["wrong-1"],
    });
  });

  it("of one of two keys with the same name is verified", () => {
    const keys = [{ ...other.trusted, name: "right-1" }, right.trusted];
    expect(checkSignatures(INFO, [right.signature], keys)).toMatchObject({ status: "verified", wrongKeys: [] });
  });

  it("by other keys alone, or of another kind, is not judged", () => {
    expect(checkSignatures(INFO, [right.signature], [other.trusted])).toEqual({ status: "no-key", wrongKeys: [] });
    expect(checkSignatures(INFO, ["right-1:"], [right.trusted])).toEqual({ status: "no-key", wrongKeys: [] });
    expect(checkSignatures(INFO, [], [right.trusted])).toEqual({ status: "unsigned", wrongKeys: [] });
  });

  it("that is no signature is wrong", () => {
    for (const text of ["QUJD", "!", right.signature.slice(8, 40)])
      expect(checkSignatures(INFO, [`right-1:${text}`], [right.trusted])).toMatchObject({ status: "wrong" });
  });
});

it("keys are read as Nix writes them, and from a nix.conf", () => {
  const key = `a-1:${Buffer.alloc(32, 7).toString("base64")}`;
  expect(parseTrustedKey(key)).toMatchObject({ name: "a-1" });
  for (const wrong of ["", "a-1", `a b:${key.slice(4)}`, `a-1:${Buffer.alloc(31).toString("base64")}`, `${key}x`])
    expect(parseTrustedKey(wrong)).toBeUndefined();
  const conf = `substituters = x\n trusted-public-keys = ${key} b-1:x # c-1:y\nextra-trusted-public-keys=d-1:z\n#trusted-public-keys = e\n`;
  expect(listConfiguredKeys(conf)).toEqual([key, "b-1:x", "d-1:z"]);
});

const cache = sharedData("nix/cache-xz");
describe.skipIf(cache === undefined)("the signatures of a real cache", () => {
  it("are verified by its key, every one", () => {
    const key = parseTrustedKey(readFileSync(sharedData("nix/cache.pub")!, "utf8").trim())!;
    const names = readdirSync(cache!).filter((name) => name.endsWith(".narinfo"));
    for (const name of names) {
      const info = parseNarInfo(readFileSync(`${cache}/${name}`, "utf8"), name);
      expect([name, checkSignatures(info, info.signatures, [key])]).toEqual([
        name,
        { status: "verified", keyName: "corpus-test-1", wrongKeys: [] },
      ]);
    }
    expect(names.length).toBeGreaterThan(20);
  });
});

import { describe, expect, it, test } from "vitest";
import { MAX_OS_RELEASE_LENGTH, parseOsRelease } from "./os-release.ts";
import {
  alpmPurl,
  apkPurl,
  binaryPurl,
  cargoPurl,
  composerPurl,
  debPurl,
  gemPurl,
  golangPurl,
  npmPurl,
  rpmPurl,
} from "./purl.ts";

const none = { id: "", version: "" };

describe("purls", () => {
  test("of Debian packages name the distribution, the architecture and the release", () => {
    const debian = { id: "debian", version: "13" };
    expect(debPurl("libc6", "2.41-12", "amd64", debian)).toBe(
      "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13",
    );
    expect(debPurl("a", "1:2~rc1", "", { id: "ubuntu", version: "" })).toBe("pkg:deb/ubuntu/a@1:2~rc1");
    expect(debPurl("a", "1", "all", none)).toBe("pkg:deb/debian/a@1?arch=all");
  });

  test("of Alpine packages", () => {
    const alpine = { id: "alpine", version: "3.20.1" };
    expect(apkPurl("zlib", "1.3-r0", "x86_64", alpine)).toBe(
      "pkg:apk/alpine/zlib@1.3-r0?arch=x86_64&distro=alpine-3.20",
    );
    expect(apkPurl(".build-deps", "1", "noarch", none)).toBe("pkg:apk/alpine/.build-deps@1?arch=noarch");
  });

  test("of rpm packages name the vendor and the epoch, unless it is 0", () => {
    const bind = { name: "bind", version: "9.18.24-1.fc40", arch: "x86_64" };
    expect(rpmPurl({ ...bind, epoch: "32" }, { id: "fedora", version: "40" })).toBe(
      "pkg:rpm/fedora/bind@9.18.24-1.fc40?arch=x86_64&distro=fedora-40&epoch=32",
    );
    expect(rpmPurl({ ...bind, epoch: "0" }, { id: "rhel", version: "9.4" })).toBe(
      "pkg:rpm/redhat/bind@9.18.24-1.fc40?arch=x86_64&distro=rhel-9",
    );
    expect(rpmPurl({ ...bind, epoch: "" }, none)).toBe("pkg:rpm/bind@9.18.24-1.fc40?arch=x86_64");
  });

  test.each([
    ["alpine", "3.19.4", "alpine-3.19"],
    ["alpine", "3.22.0_alpha20250108", "alpine-3.22"],
    ["debian", "13", "debian-13"],
    ["rhel", "9.4", "rhel-9"],
    ["rocky", "8.10", "rocky-8"],
    ["ubuntu", "24.04", "ubuntu-24.04"],
    ["constructor", "1.2.3", "constructor-1.2.3"],
  ])("of two point releases of %s are the same: %s is %s", (id, version, distro) => {
    expect(debPurl("a", "1", "", { id, version })).toContain(`distro=${distro}`);
  });

  test("of npm packages have the scope as the namespace", () => {
    expect(npmPurl("@scope/name", "1.0.0")).toBe("pkg:npm/%40scope/name@1.0.0");
    expect(npmPurl("name", "")).toBe("pkg:npm/name");
  });

  test("of pacman's packages are in lower case, with the epoch in the version", () => {
    const arch = { id: "arch", version: "" };
    expect(alpmPurl("Python-Pip", "21.0-1", "any", arch)).toBe("pkg:alpm/arch/python-pip@21.0-1?arch=any");
    expect(alpmPurl("pacman", "6.0.1-1", "x86_64", { id: "", version: "" })).toBe(
      "pkg:alpm/arch/pacman@6.0.1-1?arch=x86_64",
    );
  });

  test("of Composer packages have the vendor as the namespace", () => {
    expect(composerPurl("laravel/laravel", "v5.5.0")).toBe("pkg:composer/laravel/laravel@v5.5.0");
  });

  test("of Go modules are in lower case, as specified", () => {
    expect(golangPurl("github.com/BurntSushi/toml", "v1.3.2")).toBe("pkg:golang/github.com/burntsushi/toml@v1.3.2");
    expect(golangPurl("stdlib", "1.24.4")).toBe("pkg:golang/stdlib@1.24.4");
    expect(golangPurl("gopkg.in/yaml.v3", "")).toBe("pkg:golang/gopkg.in/yaml.v3");
  });

  test("of crates have name and version", () => {
    expect(cargoPurl("serde_json", "1.0.0")).toBe("pkg:cargo/serde_json@1.0.0");
  });

  test("of gems name the platform that they were built for", () => {
    expect(gemPurl("ruby-advisory-db-check", "0.12.4", "")).toBe("pkg:gem/ruby-advisory-db-check@0.12.4");
    expect(gemPurl("jruby-launcher", "1.1.2", "java")).toBe("pkg:gem/jruby-launcher@1.1.2?platform=java");
  });
});

it("a name of blanks alone has a purl", () => {
  const debian = { id: "", version: "" };
  expect(npmPurl("@a/ ", "1")).toBe("pkg:npm/%40a/%2520@1");
  expect(debPurl("\t", "1", "", debian)).toBe("pkg:deb/debian/%2509@1");
});

describe("os-release", () => {
  test("values may be quoted; comments and the rest are ignored", () => {
    expect(parseOsRelease('# ID=x\nPRETTY_NAME="Debian GNU/Linux 13"\nID=debian\r\nVERSION_ID="13"\n')).toEqual({
      id: "debian",
      version: "13",
    });
  });

  test.each([["ID=../../x\nVERSION_ID=a b"], ["nonsense"], [`#${"x".repeat(MAX_OS_RELEASE_LENGTH)}\nID=debian`]])(
    "a value that is not a word, or is too long, is left out",
    (text) => expect(parseOsRelease(text)).toEqual(none),
  );
});

it("the purl of a program has its content, and a name even where the file's is blank", () => {
  expect(binaryPurl("a b", "0f")).toBe("pkg:generic/a%20b?checksum=sha256%3A0f");
  expect(binaryPurl(" \n", "0f")).toBe("pkg:generic/unnamed?checksum=sha256%3A0f");
});

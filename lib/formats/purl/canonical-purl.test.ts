import { describe, expect, it } from "vitest";
import { canonicalPurl, genericPurl } from "./canonical-purl.ts";
import { apkPurl, cargoPurl, debPurl, gemPurl, golangPurl, npmPurl, pypiPurl, rpmPurl } from "./purl.ts";

describe("a purl of another tool equals what a scan finds", () => {
  const debian = { id: "debian", version: "12" };
  const alpine = { id: "alpine", version: "3.20.3" };

  it.each([
    [
      "syft: the source package as a qualifier",
      "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl",
      debPurl("libssl3", "3.0.11-1", "amd64", debian),
    ],
    [
      "Trivy: the point release, and the epoch as a qualifier",
      "pkg:deb/debian/perl-base@5.36.0-7?arch=amd64&distro=debian-12.5&epoch=1",
      debPurl("perl-base", "1:5.36.0-7", "amd64", debian),
    ],
    [
      "syft: Alpine's point release",
      "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1",
      apkPurl("musl", "1.2.5-r0", "x86_64", alpine),
    ],
    [
      "Trivy: a version without its distribution",
      "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=3.20.1",
      apkPurl("musl", "1.2.5-r0", "x86_64", alpine),
    ],
    [
      "syft: the source package and the epoch of an rpm",
      "pkg:rpm/redhat/openssl-libs@3.0.7-24.el9?arch=x86_64&distro=rhel-9.3&epoch=1&upstream=openssl-3.0.7-24.el9.src.rpm",
      rpmPurl(
        { name: "openssl-libs", version: "3.0.7-24.el9", arch: "x86_64", epoch: "1" },
        { id: "rhel", version: "9.4" },
      ),
    ],
    [
      "an rpm whose epoch is 0",
      "pkg:rpm/fedora/bash@5.2.26-1.fc40?arch=x86_64&distro=fedora-40&epoch=0",
      rpmPurl({ name: "bash", version: "5.2.26-1.fc40", arch: "x86_64", epoch: "" }, { id: "fedora", version: "40" }),
    ],
    [
      "syft: the name of a Python package as it is written",
      "pkg:pypi/Zope.Interface_x@1.0",
      pypiPurl("zope.interface-x", "1.0"),
    ],
    ["pip: the same", "pkg:pypi/pyyaml@6.0.2", pypiPurl("PyYAML", "6.0.2")],
    [
      "cyclonedx-npm: the repository",
      "pkg:npm/%40babel/core@7.22.0?vcs_url=git%2Bhttps%3A//x.git",
      npmPurl("@babel/core", "7.22.0"),
    ],
    [
      "syft: a Go module",
      "pkg:golang/github.com/BurntSushi/toml@v1.3.2#cmd/tomlv",
      `${golangPurl("github.com/BurntSushi/toml", "v1.3.2")}#cmd/tomlv`,
    ],
    ["trivy: a crate", "pkg:cargo/serde_json@1.0.0", cargoPurl("serde_json", "1.0.0")],
    ["syft: a gem", "pkg:gem/nokogiri@1.16.2?platform=java", gemPurl("nokogiri", "1.16.2", "java")],
  ])("%s", (_, theirs, ours) => {
    expect(canonicalPurl(theirs)?.identity).toBe(ours);
    expect(canonicalPurl(ours)?.identity).toBe(ours);
  });

  it("has the kind and the name of its ecosystem", () => {
    expect(canonicalPurl("pkg:npm/%40babel/core@7")).toMatchObject({ kind: "npm", name: "@babel/core", version: "7" });
    expect(canonicalPurl("pkg:golang/github.com/a/b@v1.0.0")).toMatchObject({ kind: "golang", name: "github.com/a/b" });
    expect(canonicalPurl("pkg:deb/debian/tar@1")).toMatchObject({ kind: "deb", name: "tar" });
    expect(canonicalPurl("pkg:rpm/fedora/a@1-2?epoch=3")).toMatchObject({ kind: "rpm", name: "a", version: "3:1-2" });
    expect(canonicalPurl("pkg:cargo/serde@1")).toMatchObject({ kind: "cargo", name: "serde" });
    expect(canonicalPurl("pkg:hex/jason@1")).toMatchObject({ kind: "other", name: "jason" });
  });

  it.each(["", "nonsense", "pkg:", "pkg:deb"])("is none: %j", (text) => {
    expect(canonicalPurl(text)).toBeUndefined();
  });
});

it("a component without a purl is known by name and version", () => {
  expect(genericPurl("a b/c@d", "1 2")).toBe("pkg:generic/a%20b%2Fc%40d@1%202");
  expect(genericPurl("a", "")).toBe("pkg:generic/a");
  expect(genericPurl("\t", "")).toBe("pkg:generic/%2509");
});

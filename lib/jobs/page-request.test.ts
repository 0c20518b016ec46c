import { expect, it } from "vitest";
import { UsageError } from "#lib/model/problem.ts";
import { allowsMachine, parsePageRequest } from "./page-request.ts";

const sourceOf = (text: string) => parsePageRequest(text, {}).source;

it.each([
  ["nginx:1.27", "docker://nginx:1.27"],
  ["  ghcr.io/acme/app@sha256:aa", undefined],
  ["localhost:5000/shop/app:1", "docker://localhost:5000/shop/app:1"],
  ["docker pull nginx", "docker://nginx"],
  ["$ sudo docker image pull -q ghcr.io/acme/app:2", "docker://ghcr.io/acme/app:2"],
  ["podman pull quay.io/fedora/fedora:42", "docker://quay.io/fedora/fedora:42"],
  ["docker://quay.io/fedora/fedora:42", "docker://quay.io/fedora/fedora:42"],
  ["docker:27-dind", "docker://docker:27-dind"],
  ["registry.example.org/shop/*", "docker://registry.example.org/shop/*"],
  ["", undefined],
  ["docker pull", undefined],
  ["docker pull one two", undefined],
  ["docker pull --all-tags nginx", undefined],
  ["Nginx", undefined],
  ["docker-archive:/etc/passwd", undefined],
  ["docker-daemon:", "docker-daemon:"],
  ["docker-daemon:shop/app:1", "docker-daemon:shop/app:1"],
  ["nix-store:", "nix-store:"],
  ["nix-store:/", undefined],
  ["rootfs:/", undefined],
  ["nix-cache:/etc#10l19qifk7hjjq47px8m2prqk1gv4isy", undefined],
])("reads %j as %j", (text, source) => {
  if (source === undefined) expect(() => sourceOf(text)).toThrow(UsageError);
  else expect(sourceOf(text)).toBe(source);
});

it("takes the platform of a pasted command", () => {
  const { platform } = parsePageRequest("docker pull --platform linux/arm64 nginx", {});
  expect(platform).toMatchObject({ os: "linux", architecture: "arm64" });
  expect(parsePageRequest("docker pull --platform=linux/arm64 nginx", {}).platform).toEqual(platform);
});

it("reaches private addresses only for a server on the loopback address, or where a beginning names them", () => {
  const reachOf = (environment: Record<string, string>) => parsePageRequest("10.0.0.7/app", environment).access.reach;
  expect(reachOf({})).toBe("named");
  expect(reachOf({ HOST: "0.0.0.0" })).toBe("public");
  expect(reachOf({ STRATIGRAPH_URL: "https://strata.example.org" }), "behind a proxy").toBe("public");
  expect(reachOf({ STRATIGRAPH_URL: "http://localhost:8080" })).toBe("named");
  expect(reachOf({ HOST: "0.0.0.0", STRATIGRAPH_SOURCES: "remote, docker://10.0.0.7" })).toBe("named");
});

it("allows only what STRATIGRAPH_SOURCES begins with, by whole parts", () => {
  const environment = { STRATIGRAPH_SOURCES: "docker://ghcr.io/acme" };
  expect(parsePageRequest("ghcr.io/acme/app", environment).access.allowed).toBe("remote");
  for (const text of ["ghcr.io/acme-other/app", "ghcr.io/app", "nginx"])
    expect(() => parsePageRequest(text, environment)).toThrow(/is not allowed here; allowed are docker:\/\/ghcr/);
});

it("reads this machine's engine and stores, unless the server is reachable by others or says otherwise", () => {
  expect(parsePageRequest("docker-daemon:", {}).access.allowed).toBe("all");
  expect(parsePageRequest("nginx", {}).access.allowed).toBe("remote");
  expect(allowsMachine({})).toBe(true);
  for (const environment of [{ HOST: "0.0.0.0" }, { STRATIGRAPH_SOURCES: "remote" }]) {
    expect(allowsMachine(environment)).toBe(false);
    expect(() => parsePageRequest("docker-daemon:", environment)).toThrow(/is not allowed here/);
  }
});

it("opens this machine's files only where all is allowed", () => {
  const request = parsePageRequest("docker-archive:image.tar", { STRATIGRAPH_SOURCES: "all" });
  expect(request).toMatchObject({ source: "docker-archive:image.tar", access: { allowed: "all" } });
});

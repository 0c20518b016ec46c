import { expect, it } from "vitest";
import { condenseDocument, documentByteLimit, isDocument, MAX_PROJECT_MANIFEST_BYTES } from "./documents.ts";
import { MAX_DOCUMENT_BYTES } from "./limits.ts";

it.each([
  "var/lib/dpkg/status",
  "var/lib/dpkg/status.d/base",
  "var/lib/dpkg/info/libc6:amd64.list",
  "var/lib/dpkg/info/bash.conffiles",
  "var/lib/dpkg/diversions",
  "var/lib/apt/extended_states",
  "lib/apk/db/installed",
  "usr/lib/apk/db/installed",
  "etc/apk/world",
  "var/lib/rpm/Packages",
  "usr/lib/sysimage/rpm/Packages.db",
  "usr/share/rpm/rpmdb.sqlite",
  "var/lib/rpm/rpmdb.sqlite-wal",
  "var/lib/dnf/history.sqlite",
  "usr/lib/sysimage/libdnf5/packages.toml",
  "var/lib/zypp/AutoInstalled",
  "usr/local/bundle/specifications/rack-3.0.8.gemspec",
  "usr/local/lib/ruby/gems/3.3.0/specifications/default/json-2.7.1.gemspec",
  "Gemfile.lock",
  "app/vendor/composer/installed.json",
  "app/composer.json",
  "srv/app/Gemfile.lock",
  "etc/os-release",
  "etc/ld.so.conf",
  "etc/ld.so.conf.d/x86_64-linux-gnu.conf",
  "etc/ld-musl-x86_64.path",
  "usr/lib/os-release",
  "app/node_modules/react/package.json",
  "node_modules/@scope/name/package.json",
  "package.json",
  "srv/app/package.json",
  "srv/app/.pnp.cjs",
  "srv/app/pyproject.toml",
  "requirements.txt",
  ".pnp.js",
  ".pnp.data.json",
  "usr/lib/python3/dist-packages/six-1.17.dist-info/METADATA",
  "six-1.17.dist-info/RECORD",
  "opt/venv/lib/python3.13/site-packages/six-1.17.dist-info/INSTALLER",
  "app/mine.egg-info/PKG-INFO",
  "app/mine.egg-info/requires.txt",
  "usr/lib/python3/dist-packages/a-1.egg-info",
  "srv/a-1-py3.9.egg/EGG-INFO/top_level.txt",
  "opt/venv/pyvenv.cfg",
  "opt/conda/conda-meta/numpy-1.26.4-py311_0.json",
  "opt/venv/lib/python3.13/site-packages/easy-install.pth",
])("keeps %s", (path) => {
  expect(isDocument(path)).toBe(true);
});

it.each([
  "var/lib/dpkg/status-old",
  "var/lib/dpkg/status.d/a/b",
  "var/lib/dpkg/info/bash.md5sums",
  "srv/var/lib/dpkg/status",
  "var/lib/rpm/rpmdb.sqlite-shm",
  "var/lib/rpm/Index.db",
  "usr/local/bundle/gems/rack-3.0.8/rack.gemspec",
  "usr/local/bundle/specifications/other/rack-3.0.8.gemspec",
  "usr/local/bundle/gems/rack-3.0.8/Gemfile.lock",
  "app/MyGemfile.lock",
  "app/vendor/a/b/composer.json",
  "app/composer/installed.json",
  "etc/os-release.d/x",
  "etc/ld.so.cache",
  "etc/ld.so.conf.d/a/b",
  "app/my-package.json",
  "app/.pnp.loader.mjs",
  "usr/lib/python3/site-packages/a/requirements.txt",
  "app/node_modules/a/pyproject.toml",
  "app/package.json/x",
  "app/METADATA",
  "six-1.17.dist-info/LICENSE",
  "six-1.17.dist-info/licenses/METADATA",
  "app/mine.egg-info/SOURCES.txt",
  "srv/model.pth",
  "opt/conda/conda-meta/history",
  "",
])("passes over %j", (path) => {
  expect(isDocument(path)).toBe(false);
});

it("trusts a package.json only in the place where a package manager puts it", () => {
  expect(documentByteLimit("a/node_modules/b/package.json")).toBe(MAX_DOCUMENT_BYTES);
  expect(documentByteLimit("a/node_modules/@s/b/package.json")).toBe(MAX_DOCUMENT_BYTES);
  expect(documentByteLimit("a/node_modules/b/lib/package.json")).toBe(MAX_PROJECT_MANIFEST_BYTES);
  expect(documentByteLimit("package.json")).toBe(MAX_PROJECT_MANIFEST_BYTES);
});

it("keeps of a Plug'n'Play loader the data in it", () => {
  const loader = "const RAW_RUNTIME_STATE =\n'{\\\n\"a\": 1\\\n}';\nmodule.exports = 1;";
  expect(new TextDecoder().decode(condenseDocument("app/.pnp.cjs", Buffer.from(loader)))).toBe('{"a": 1}');
});

it("keeps only the headers of Python's metadata, and only the paths of its lists", () => {
  const condense = (path: string, text: string) => new TextDecoder().decode(condenseDocument(path, Buffer.from(text)));
  expect(condense("a-1.dist-info/METADATA", "Name: a\r\nVersion: 1\r\n\r\nlong\n")).toBe("Name: a\r\nVersion: 1\r\n");
  expect(condense("a-1.egg-info", "Name: a\n\nlong")).toBe("Name: a\n");
  expect(condense("a-1.dist-info/RECORD", 'a.py,sha256=Ab-_,12\n"b,c",sha256=x,1\r\nd,,\n')).toBe(
    'a.py\n"b,c"\r\nd,,\n',
  );
  expect(condense("app/METADATA", "Name: a\n\nlong")).toBe("Name: a\n\nlong");
});

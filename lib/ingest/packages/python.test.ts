import { describe, expect, it } from "vitest";
import { parseElfNeeds } from "#lib/formats/elf/index.ts";
import { writeProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import { buildElf } from "#testing/builders/elf.ts";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, type PackageView, viewPackages } from "#testing/builders/packages.ts";

const LOCAL = "usr/local/lib/python3.13/dist-packages";
const DEBIAN = "usr/lib/python3/dist-packages";
const VENV = "opt/venv/lib/python3.13/site-packages";

/** What a layer keeps of a program. */
const programFacts = writeProgramFacts({
  ...{ kind: "elf", sha256: "0".repeat(64) },
  needs: parseElfNeeds([{ offset: 0, bytes: buildElf({ interpreter: "/lib64/ld-linux-x86-64.so.2" }) }]).value!,
});

type Tree = Record<string, TreeEntry>;

function headers(name: string, version: string, requires: readonly string[]): string {
  const lines = [`Metadata-Version: 2.1`, `Name: ${name}`, `Version: ${version}`];
  return `${[...lines, ...requires.map((each) => `Requires-Dist: ${each}`)].join("\n")}\n\nDescription.\n`;
}

/** A distribution as pip installs it: a module with its list, and its metadata. */
function wheel(site: string, name: string, requires: readonly string[] = [], version = "1.0"): Tree {
  const directory = `${name.replaceAll("-", "_")}-${version}.dist-info`;
  const record = [`${name}.py,sha256=a,1`, `${directory}/METADATA,sha256=b,2`, `${directory}/RECORD,,`];
  return {
    [`${site}/${name}.py`]: "1",
    [`${site}/${directory}/METADATA`]: headers(name, version, requires),
    [`${site}/${directory}/RECORD`]: record.join("\n"),
    [`${site}/${directory}/INSTALLER`]: "pip\n",
  };
}

/** Debian's interpreter, in a package that owns it. */
const PYTHON: Tree = {
  "var/lib/dpkg/status": debRecord("python3.13-minimal") + debRecord("python3-six", { Version: "1.17-1" }),
  "var/lib/dpkg/info/python3.13-minimal.list": "/usr/bin/python3.13\n",
  "var/lib/dpkg/info/python3-six.list": `/${DEBIAN}/six.py\n/${DEBIAN}/six-1.17.dist-info/METADATA\n`,
  "usr/bin/python3.13": "elf",
  "usr/bin/python3": { symlink: "python3.13" },
  [`${DEBIAN}/six.py`]: "",
  [`${DEBIAN}/six-1.17.dist-info/METADATA`]: headers("six", "1.17", ["gone"]),
};

const venv = (config = ""): Tree => ({
  "opt/venv/pyvenv.cfg": `home = /usr/bin\nversion = 3.13.5\n${config}`,
  "opt/venv/bin/python": { symlink: "/usr/bin/python3" },
});

/** Edges by the last part of each path, without those to the interpreter. */
function edgesOf(image: PackageView): string[] {
  const names = image.names.map((name) =>
    name
      .split("/")
      .at(-1)!
      .replace(/-[\d.]+\.(?:dist|egg)-info$/, ""),
  );
  const declared = image.found.edges.filter(({ evidence }) => evidence === Evidence.declared);
  return declared.map(({ from, to }) => `${names[from]} → ${names[to]}`);
}

describe("Python distributions", () => {
  it("are components by their metadata, each where it is", () => {
    const { found } = viewPackages({ ...wheel(LOCAL, "Zope.Interface"), ...wheel(VENV, "zope.interface"), ...venv() });
    expect(found.components.map(({ identity, instancePath }) => [identity, instancePath])).toEqual([
      ["pkg:pypi/zope.interface@1.0", `${VENV}/zope.interface-1.0.dist-info`],
      ["pkg:pypi/zope.interface@1.0", `${LOCAL}/Zope.Interface-1.0.dist-info`],
      [expect.stringContaining("unowned"), ""],
    ]);
    expect(found.components[1]).toMatchObject({ kind: "pypi", name: "zope.interface", version: "1.0" });
  });

  it("own what their RECORD lists, the scripts outside included, and their metadata", () => {
    const image = viewPackages({
      ...wheel(LOCAL, "tool"),
      [`${LOCAL}/tool-1.0.dist-info/RECORD`]:
        'tool.py,,\n../../../bin/tool,,\n"tool/a,b.py",sha256=x,1\n/etc/tool.cfg,,\n',
      [`${LOCAL}/tool/a,b.py`]: "1",
      [`${LOCAL}/tool/other.py`]: "1",
      [`${LOCAL}/__pycache__/tool.cpython-313.pyc`]: "1",
      "usr/local/bin/tool": "1",
      "etc/tool.cfg": "1",
    });
    const paths = [`${LOCAL}/tool.py`, "usr/local/bin/tool", `${LOCAL}/tool/a,b.py`, "etc/tool.cfg"];
    const more = [`${LOCAL}/__pycache__/tool.cpython-313.pyc`, `${LOCAL}/tool-1.0.dist-info/INSTALLER`];
    expect([...paths, ...more].map(image.ownerOf)).toEqual(Array(6).fill(`${LOCAL}/tool-1.0.dist-info`));
    expect(image.ownerOf(`${LOCAL}/tool/other.py`)).toBe("unowned@0");
  });

  it("own by installed-files.txt, or by the modules of top_level.txt, if they have no RECORD", () => {
    const image = viewPackages({
      [`${LOCAL}/old-1.egg-info/PKG-INFO`]: headers("old", "1", []),
      [`${LOCAL}/old-1.egg-info/installed-files.txt`]: "../old/a.py\n../../../../bin/old\nPKG-INFO\n",
      [`${LOCAL}/old/a.py`]: "1",
      [`${LOCAL}/old/b.py`]: "1",
      "usr/local/bin/old": "1",
      "app/mine.egg-info/PKG-INFO": headers("mine", "2", ["b"]),
      "app/mine.egg-info/requires.txt": "a>=1\n\n[x]\nc\n",
      "app/mine.egg-info/top_level.txt": "mine\n_fast\n",
      "app/mine/deep/x.py": "1",
      "app/_fast.cpython-313-x86_64-linux-gnu.so": "1",
      "app/setup.py": "1",
    });
    const [old, mine] = [`${LOCAL}/old-1.egg-info`, "app/mine.egg-info"];
    expect(["usr/local/bin/old", `${LOCAL}/old/a.py`].map(image.ownerOf)).toEqual([old, old]);
    expect(["app/mine/deep/x.py", "app/_fast.cpython-313-x86_64-linux-gnu.so"].map(image.ownerOf)).toEqual([
      mine,
      mine,
    ]);
    expect([`${LOCAL}/old/b.py`, "app/setup.py"].map(image.ownerOf)).toEqual(["unowned@0", "unowned@0"]);
    expect(image.messages).toEqual(["app/mine.egg-info: mine 2: nothing installed satisfies Requires-Dist: a>=1"]);
  });

  it("may be an .egg-info file or an egg, unpacked or zipped", () => {
    const image = viewPackages({
      [`${LOCAL}/plain-1.egg-info`]: headers("plain", "1", []),
      [`${LOCAL}/open-2-py3.13.egg/EGG-INFO/PKG-INFO`]: headers("open", "2", []),
      [`${LOCAL}/open-2-py3.13.egg/open/a.py`]: "1",
      [`${LOCAL}/zipped_egg-3.1-py3.13.egg`]: "PK",
      [`${LOCAL}/dragon.egg`]: "1",
      "usr/lib/python3.13/test/data/example-21.12-py3.6.egg": "PK",
    });
    expect(image.found.components.map(({ identity }) => identity)).toEqual([
      "pkg:pypi/open@2",
      "pkg:pypi/plain@1",
      "pkg:pypi/zipped-egg@3.1",
      expect.stringContaining("unowned"),
    ]);
    expect(image.ownerOf(`${LOCAL}/open-2-py3.13.egg/open/a.py`)).toBe(`${LOCAL}/open-2-py3.13.egg`);
    expect(image.messages).toEqual([]);
  });

  it("are part of the package that lists their metadata: a deb, or a distribution around them", () => {
    const image = viewPackages({
      ...PYTHON,
      ...wheel(LOCAL, "mine", ["six>=1"]),
      ...wheel(`${LOCAL}/mine/_vendor`, "inner"),
      [`${LOCAL}/mine-1.0.dist-info/RECORD`]: "mine/_vendor/inner.py,,\nmine/_vendor/inner-1.0.dist-info/METADATA,,\n",
    });
    expect(image.names).toEqual([
      "python3.13-minimal@1",
      "python3-six@1.17-1",
      `${LOCAL}/mine-1.0.dist-info`,
      "dpkg database",
      "unowned@0",
    ]);
    expect(edgesOf(image)).toEqual(["mine → python3-six@1.17-1"]);
    expect(image.messages).toEqual([]);
  });

  it("with damaged metadata are a problem each, and the rest stays", () => {
    const image = viewPackages({
      ...wheel(LOCAL, "good", ["not a requirement", "other"]),
      ...wheel(LOCAL, "other"),
      [`${LOCAL}/bad-1.dist-info/METADATA`]: "no headers",
    });
    expect(edgesOf(image)).toEqual(["good → other"]);
    expect(image.messages).toEqual([
      `${LOCAL}/bad-1.dist-info/METADATA: has no name`,
      `${LOCAL}/good-1.0.dist-info/METADATA: "not a requirement" is not a requirement`,
    ]);
  });
});

describe("the requirements of a distribution", () => {
  it("hold if their markers are true for the interpreter of their directory", () => {
    const image = viewPackages(
      {
        ...PYTHON,
        ...wheel(LOCAL, "a", [
          "yes; python_version >= '3.13' and sys_platform == 'linux'",
          "no; python_version < '3.13' or os_name == 'nt'",
          "machine; platform_machine == 'x86_64'",
          "perhaps; python_full_version >= '3.13.4'",
          "kernel; platform_release >= '6'",
        ]),
        ...wheel(LOCAL, "yes"),
        ...wheel(LOCAL, "no"),
        ...wheel(LOCAL, "machine"),
        ...wheel(LOCAL, "perhaps"),
      },
      [],
      "",
      "",
      "amd64",
    );
    expect(edgesOf(image)).toEqual(["a → yes", "a → machine", "a → perhaps"]);
    expect(image.messages).toEqual([]);
  });

  it("of an extra hold if another distribution asks for the extra, however deep", () => {
    const image = viewPackages({
      ...wheel(LOCAL, "a", ["B_b[Fast.Mode]>=1", "missing; extra == 'x'"]),
      ...wheel(LOCAL, "b-b", ["c[deep]; extra == 'fast-mode'", "d; extra == 'slow'"]),
      ...wheel(LOCAL, "c", ["d; extra == 'deep'"]),
      ...wheel(LOCAL, "d"),
    });
    expect(edgesOf(image).sort()).toEqual(["a → b_b", "b_b → c", "c → d"]);
    expect(image.messages).toEqual([]);
  });

  it("are found in the environment only, by the name that PEP 503 gives; a wrong version is a problem", () => {
    const image = viewPackages({
      ...PYTHON,
      ...venv(),
      ...wheel(VENV, "a", ["SIX", "local-only", "Dep.One>=2"]),
      ...wheel(VENV, "dep_one"),
      ...wheel(LOCAL, "local-only"),
    });
    expect(edgesOf(image)).toEqual(["a → dep_one"]);
    expect(image.messages).toEqual([
      `${VENV}/a-1.0.dist-info: a 1.0: nothing installed satisfies Requires-Dist: SIX`,
      `${VENV}/a-1.0.dist-info: a 1.0: nothing installed satisfies Requires-Dist: local-only`,
      `${VENV}/a-1.0.dist-info: a 1.0: requires Dep.One>=2, but 1.0 is installed`,
    ]);
  });

  it("are found in the system's directories if pyvenv.cfg says so, after the environment's own", () => {
    const image = viewPackages({
      ...PYTHON,
      ...venv("include-system-site-packages = true\n"),
      ...wheel(VENV, "a", ["six", "both", "local-only"]),
      ...wheel(VENV, "both"),
      ...wheel(LOCAL, "both"),
      ...wheel(LOCAL, "local-only"),
    });
    expect(edgesOf(image)).toEqual(["a → python3-six@1.17-1", "a → both", "a → local_only"]);
    expect(image.edges.find((edge) => edge.includes("both"))).toContain(`→ ${VENV}/both`);
  });

  it("are found in directories that .pth files add, and in a directory of its own before the system's", () => {
    const image = viewPackages({
      ...PYTHON,
      ...venv(),
      [`${VENV}/easy-install.pth`]: "import site; site.x()\n# ../../../../gone\n/srv/app\n",
      ...wheel(VENV, "dep"),
      "srv/app/mine.egg-info/PKG-INFO": headers("mine", "1", ["dep"]),
      ...wheel("var/task", "handler", ["six", "part"]),
      ...wheel("var/task", "part"),
    });
    expect(edgesOf(image).sort()).toEqual(["handler → part", "handler → python3-six@1.17-1", "mine.egg-info → dep"]);
  });
});

describe("the interpreter of a distribution", () => {
  it("is the one that its directory or virtual environment leads to, as an inferred edge", () => {
    const copied = "srv/copied/lib/python3.13/site-packages";
    const image = viewPackages({
      ...PYTHON,
      ...venv(),
      ...wheel(VENV, "a"),
      ...wheel(LOCAL, "b"),
      "srv/copied/pyvenv.cfg": "home = /usr/bin\n",
      "srv/copied/bin/python3.13": "elf",
      ...wheel(copied, "c"),
      ...wheel("root/.local/lib/python3.13/site-packages", "d", ["b"]),
      ...wheel("usr/local/lib/python3.9/site-packages", "no-interpreter"),
    });
    const inferred = image.found.edges.filter(({ evidence, from }) => {
      return evidence === Evidence.inferred && image.names[from]!.endsWith("dist-info");
    });
    expect(
      inferred.map(({ from, to, detail }) => [image.names[from]!.split("/").at(-1), image.names[to], detail]),
    ).toEqual(
      ["a", "d", "c", "b"].map((name) => [
        `${name}-1.0.dist-info`,
        "python3.13-minimal@1",
        "runs on usr/bin/python3.13",
      ]),
    );
    expect(edgesOf(image)).toEqual(["d → b"]);
  });
});

it("a distribution may import the standard library, which Debian has in a package of its own", () => {
  const image = viewPackages({
    ...wheel(LOCAL, "a"),
    "var/lib/dpkg/status": debRecord("python3.13-minimal") + debRecord("libpython3.13-stdlib"),
    "var/lib/dpkg/info/python3.13-minimal.list": "/usr/bin/python3.13\n",
    "var/lib/dpkg/info/libpython3.13-stdlib.list": "/usr/lib/python3.13/unittest/__init__.py\n",
    "usr/bin/python3.13": "elf",
    "usr/lib/python3.13/unittest/__init__.py": "1",
  });
  expect(image.edges.filter((edge) => edge.includes("dist-info"))).toEqual([
    `${LOCAL}/a-1.0.dist-info → python3.13-minimal@1 [runs on usr/bin/python3.13]`,
    `${LOCAL}/a-1.0.dist-info → libpython3.13-stdlib@1 [may import usr/lib/python3.13/unittest/__init__.py]`,
  ]);
});

it("an interpreter that no package owns is a component, and its distributions lead to it", () => {
  const site = "usr/local/lib/python3.12/site-packages";
  const image = viewPackages({
    ...wheel(site, "a"),
    "usr/local/bin/python3.12": programFacts,
    "usr/local/bin/python3": { symlink: "python3.12" },
    "usr/local/lib/python3.12/unittest/__init__.py": "1",
  });
  expect(image.edges).toEqual([`${site}/a-1.0.dist-info → python3.12 [runs on usr/local/bin/python3.12]`]);
});

describe("the roots of a directory of Python packages", () => {
  const two = { ...wheel(LOCAL, "asked", ["dep"]), ...wheel(LOCAL, "dep"), ...wheel(LOCAL, "left") };
  const reasonsOf = ({ found, names }: PackageView) =>
    found.roots.map((root, i) => [names[root]!.split("/").at(-1), found.rootReasons[i]]);

  it("are those that pip was asked for", () => {
    const image = viewPackages({ ...two, [`${LOCAL}/asked-1.0.dist-info/REQUESTED`]: "" });
    expect(reasonsOf(image)).toEqual([["asked-1.0.dist-info", RootReason.named]]);
  });

  it("are those without referrers, if an installer is unknown or records nothing", () => {
    const named = [
      ["asked-1.0.dist-info", RootReason.unreferred],
      ["left-1.0.dist-info", RootReason.unreferred],
    ];
    expect(reasonsOf(viewPackages(two))).toEqual(named);
    const mixed = {
      [`${LOCAL}/asked-1.0.dist-info/REQUESTED`]: "",
      [`${LOCAL}/dep-1.0.dist-info/INSTALLER`]: "poetry",
    };
    expect(reasonsOf(viewPackages({ ...two, ...mixed }))).toEqual(named);
  });
});

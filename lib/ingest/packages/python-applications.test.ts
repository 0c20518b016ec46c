import { describe, expect, it } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const wheel = (site: string, name: string): Record<string, TreeEntry> => ({
  [`${site}/${name}-1.0.dist-info/METADATA`]: `Name: ${name}\nVersion: 1.0\n`,
  [`${site}/${name}-1.0.dist-info/RECORD`]: "",
});
const SITE = "usr/lib/python3.13/site-packages";
const PYTHON: Record<string, TreeEntry> = {
  "var/lib/dpkg/status": debRecord("python3.13"),
  "var/lib/dpkg/info/python3.13.list": "/usr/bin/python3.13\n/usr/bin/python3\n",
  "usr/bin/python3.13": "",
  "usr/bin/python3": { symlink: "python3.13" },
};
const APP: Record<string, TreeEntry> = {
  ...PYTHON,
  ...wheel(SITE, "flask"),
  ...wheel(SITE, "unrelated"),
  "srv/shop/requirements.txt": "# pinned\nFlask>=1 --hash=sha256:00\n-r other.txt\ngone==2 # comment\n./local\n",
  "srv/shop/src/main.py": "1",
};
const COMMAND = ["python3", "/srv/shop/src/main.py"];
const edgesOf = (image: ReturnType<typeof viewPackages>, name: string) =>
  image.edges.filter((edge) => edge.startsWith(`${name} →`));

describe("a Python application", () => {
  it("is what the command starts below a manifest, with its files, its requirements and its interpreter", () => {
    const image = viewPackages(APP, COMMAND);
    const index = image.names.indexOf("srv/shop");
    expect(image.found.components[index]).toMatchObject({ kind: "pypi", identity: "pkg:pypi/shop", version: "" });
    expect(image.ownerOf("srv/shop/src/main.py")).toBe("srv/shop");
    expect(edgesOf(image, "srv/shop")).toEqual([
      "srv/shop → python3.13@1 [runs on usr/bin/python3.13]",
      `srv/shop → ${SITE}/flask-1.0.dist-info [requirements.txt: Flask>=1]`,
    ]);
    expect(image.rootReasons).toMatchObject({ "srv/shop": "entrypoint" });
    expect(image.messages).toEqual([]);
  });

  it("has the name and version of its pyproject.toml", () => {
    const project =
      '[project]\nname = "My.Shop"\nversion = "2.1"\ndependencies = ["flask[async]; python_version > \'3\'"]\n';
    const poetry =
      '[tool.poetry]\nname = "my.shop"\nversion = "2.1"\n[tool.poetry.dependencies]\npython = "^3"\nflask = "^1"\n';
    for (const text of [project, poetry]) {
      const image = viewPackages(
        { ...PYTHON, ...wheel(SITE, "flask"), "app/pyproject.toml": text },
        ["python3"],
        "",
        "/app",
      );
      expect(image.found.components[image.names.indexOf("app")]).toMatchObject({ identity: "pkg:pypi/my.shop@2.1" });
      expect(edgesOf(image, "app")).toHaveLength(2);
    }
  });

  it("is none if the command runs something else, or if there is no manifest", () => {
    expect(viewPackages({ ...APP, "usr/bin/nginx": "" }, ["nginx"], "", "/srv/shop").names).not.toContain("srv/shop");
    const { "srv/shop/requirements.txt": _, ...bare } = APP;
    expect(viewPackages(bare, COMMAND).names).not.toContain("srv/shop");
  });

  it("is the distribution that is installed of it", () => {
    const image = viewPackages(
      { ...APP, ...wheel(SITE, "shop"), "srv/shop/pyproject.toml": '[project]\nname = "shop"\n' },
      COMMAND,
    );
    expect(image.ownerOf("srv/shop/src/main.py")).toBe(`${SITE}/shop-1.0.dist-info`);
  });

  it("finds its requirements in its virtual environment, or in that of the command or the PATH", () => {
    for (const [venv, command, path] of [
      ["srv/shop/.venv", COMMAND, ""],
      ["opt/env", ["/opt/env/bin/gunicorn", "main"], ""],
      ["opt/env", COMMAND, "/opt/env/bin:/usr/bin"],
    ] as const) {
      const site = `${venv}/lib/python3.13/site-packages`;
      const files = {
        ...APP,
        ...wheel(site, "flask"),
        [`${venv}/pyvenv.cfg`]: "home = /usr/bin\nversion = 3.13.1\n",
        [`${venv}/bin/gunicorn`]: "",
      };
      const image = viewPackages(files, command, path, "/srv/shop");
      expect(edgesOf(image, "srv/shop")).toContain(
        `srv/shop → ${site}/flask-1.0.dist-info [requirements.txt: Flask>=1]`,
      );
    }
  });
});

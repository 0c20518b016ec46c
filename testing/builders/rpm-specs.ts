/** A package's spec: tags, then `lines` that fill `%{buildroot}`, then its list of files. */
function spec(name: string, tags: string, lines: readonly string[] = [], files: readonly string[] = []): string {
  const has = (tag: string) => new RegExp(`^${tag}:`, "m").test(tags);
  return [
    `Name: ${name}\nSummary: ${name}\nLicense: MIT`,
    has("Version") ? "" : "Version: 1.0",
    has("Release") ? "" : "Release: 1",
    `${tags}\n%description\n${name}\n%prep\n%build\n%install\ncd %{buildroot}`,
    ...lines,
    `%files\n${files.join("\n")}\n`,
  ].join("\n");
}

const file = (path: string, text = path) => `mkdir -p $(dirname .${path}); echo '${text}' > .${path}`;
const script = (path: string) => `${file(path, "#!/bin/sh")}; chmod 755 .${path}`;

/** Specs of a small distribution with what packages of real ones declare; the last cannot be installed but by force. */
export const RPM_SPECS: readonly string[] = [
  spec(
    "filesystem",
    "",
    [
      "mkdir -p usr/bin usr/lib64 etc var/log",
      "ln -s usr/bin bin",
      "ln -s usr/lib64 lib64",
      "printf 'ID=fedora\\nVERSION_ID=40\\n' > etc/os-release",
    ],
    ["%dir /usr/bin", "%dir /usr/lib64", "/bin", "/lib64", "/etc/os-release"],
  ),
  spec(
    "libc",
    "Version: 2.39\nRelease: 8.fc40\nProvides: libc.so.6()(64bit), libc.so.6(GLIBC_2.34)(64bit)\nRequires: filesystem",
    [file("/usr/lib64/libc.so.6")],
    ["/usr/lib64/libc.so.6"],
  ),
  spec(
    "shell",
    "Epoch: 1\nVersion: 5.2\nRequires: libc.so.6()(64bit), libc.so.6(GLIBC_2.34)(64bit)\nProvides: virtual-shell = 5, plain-shell",
    [file("/usr/bin/sh"), file("/usr/share/doc/shell/README")],
    ["/usr/bin/sh", "%doc /usr/share/doc/shell/README"],
  ),
  spec(
    "lib",
    "Version: 1.0~rc1\nRelease: 3\nProvides: libx.so.1()(64bit), lib-abi = 2:4.0",
    [file("/usr/lib64/libx.so.1")],
    ["/usr/lib64/libx.so.1"],
  ),
  spec(
    "tool",
    [
      "Version: 2.0^git1",
      "Requires: /bin/sh, lib >= 1.0~beta, lib < 1.0, lib = 1.0~rc1, virtual-shell >= 4, virtual-shell, plain-shell",
      "Requires: (lib or nothere), (viewer-a if lib), (nothere if missing), (libx.so.1()(64bit) and shell >= 1:5)",
      "Requires(post): shell",
      "Requires: lib-abi > 1:9, libx.so.1()(64bit)",
    ].join("\n"),
    [script("/usr/bin/tool"), file("/etc/tool.conf"), file("/var/log/tool.log"), file("/usr/share/tool/data")],
    ["/usr/bin/tool", "%config(noreplace) /etc/tool.conf", "%ghost /var/log/tool.log", "/usr/share/tool"],
  ),
  spec("viewer-a", "Provides: viewer\nRequires: viewer-b", [file("/usr/bin/view-a")], ["/usr/bin/view-a"]),
  spec("viewer-b", "Provides: viewer = 3\nRequires: viewer-a", [file("/usr/bin/view-b")], ["/usr/bin/view-b"]),
  spec(
    "app",
    "Epoch: 3\nVersion: 10\nRelease: 2.fc40\nRequires: viewer, viewer >= 2, tool, /usr/bin/view-b, /etc/tool.conf, (viewer with viewer-a)",
    [file("/opt/app/main")],
    ["/opt/app"],
  ),
  // Nothing has what it needs: installed by force.
  spec("broken", "Requires: gone >= 1, (gone and shell), /usr/bin/gone, lib >= 1.0", [], []),
];

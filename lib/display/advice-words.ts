import type { AdviceAnswer, AdviceClass, AdviceItem, KeepAdvice } from "#lib/model/advice.ts";
import { formatBytes, formatCount, formatCounted } from "./bytes.ts";
import { MEASURES } from "./measures.ts";

/** What a class counts. */
const NOUNS: Readonly<Partial<Record<AdviceClass, string>>> = {
  unreached: "component",
  versions: "component",
  ecosystems: "component",
  unneeded: "component",
  orderPenalty: "layer",
};

export function adviceTitle(name: AdviceClass): string {
  return MEASURES[name].label;
}

/** `540 files`. */
export function adviceCount({ class: name, count }: Pick<AdviceItem, "class" | "count">): string {
  return formatCounted(count, NOUNS[name] ?? "file");
}

/** `540 files in layer 0`. */
export function adviceWhat({ class: name, count, layers }: AdviceItem): string {
  const words = `${adviceTitle(name)}: ${adviceCount({ class: name, count })}`;
  if (layers.length === 0) return words;
  const where = layers.length === 1 ? `layer ${layers[0]!.layer}` : formatCounted(layers.length, "layer");
  return `${words} in ${where}`;
}

/** `nginx needs 29 of 96 components, 34.1 MiB; 90.0 MiB in 67 others`. */
export function keepWords({ chosen, needed, unneeded }: KeepAdvice): string {
  const names = chosen.map(({ name }) => name).join(", ");
  const all = formatCounted(needed.count + unneeded.count, "component");
  const rest = `the other ${formatCount(unneeded.count)} have ${formatBytes(unneeded.bytes)}`;
  return `${names} ${chosen.length === 1 ? "needs" : "need"} ${formatCount(needed.count)} of ${all}, ${formatBytes(needed.bytes)}; ${rest}`;
}

export interface HowTo {
  readonly text: string;
  /** Commands, or steps of a Dockerfile. */
  readonly command?: string;
}

type Ecosystems = Pick<AdviceAnswer, "ecosystems">;

/** How to remove it. */
export function adviceHow(name: AdviceClass, { ecosystems }: Ecosystems): HowTo {
  const has = (ecosystem: string) => ecosystems.includes(ecosystem);
  return HOW[name](has);
}

type Has = (ecosystem: string) => boolean;

function excludeFromDebs(...folders: readonly string[]): HowTo {
  const lines = folders.map((folder) => `path-exclude=${folder}/*`);
  if (folders.includes("/usr/share/doc")) lines.push("path-include=/usr/share/doc/*/copyright");
  return {
    text: "Before the first apt-get install of the image that installs them, usually the base:",
    command: `RUN printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} > /etc/dpkg/dpkg.cfg.d/01-exclude`,
  };
}

const SAME_STEP = "Add it to the step that writes the files:";

const HOW: Readonly<Record<AdviceClass, (has: Has) => HowTo>> = {
  wasted: () => ({
    text: "Delete or change files in the step that creates them: a later step only hides them. One merged layer frees them, too, but it is shared with no other image.",
    command: "buildah build --squash-all .",
  }),
  metadataCopies: () => ({
    text: "Set the owner and the mode while copying, instead of in a RUN step afterwards:",
    command: "COPY --chown=USER:GROUP --chmod=755 SOURCE DESTINATION",
  }),
  caches: (has) => {
    if (has("apk")) return { text: "Install without the cache:", command: "RUN apk add --no-cache PACKAGE" };
    if (has("rpm")) return { text: SAME_STEP, command: "RUN dnf install -y PACKAGE && dnf clean all" };
    if (has("alpm")) {
      return { text: SAME_STEP, command: "RUN pacman -Sy --noconfirm PACKAGE && pacman -Scc --noconfirm" };
    }
    if (!has("deb")) return { text: SAME_STEP, command: "RUN … && rm -rf /var/cache/* /root/.cache /root/.npm" };
    return {
      text: SAME_STEP,
      command: "RUN … && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/ldconfig/* /root/.cache /root/.npm",
    };
  },
  documentation: (has) => {
    if (has("deb")) return excludeFromDebs("/usr/share/doc", "/usr/share/man", "/usr/share/info", "/usr/share/lintian");
    if (has("rpm")) {
      const command = "RUN dnf install -y --setopt=tsflags=nodocs PACKAGE";
      return { text: "Install without documentation:", command };
    }
    return { text: SAME_STEP, command: "RUN … && rm -rf /usr/share/doc /usr/share/man /usr/share/info" };
  },
  locales: (has) => {
    if (has("deb")) return excludeFromDebs("/usr/share/locale");
    return { text: SAME_STEP, command: "RUN … && rm -rf /usr/share/locale /usr/share/i18n" };
  },
  byteCode: () => ({
    text: "Python then compiles at each start, which takes longer:",
    command:
      "ENV PYTHONDONTWRITEBYTECODE=1\nRUN pip install --no-compile … && find / -xdev -name '__pycache__' -prune -exec rm -rf {} +",
  }),
  staticLibraries: () => ({
    text: "Build in another stage, or delete them in the step that installs them:",
    command: "RUN … && find / -xdev \\( -name '*.a' -o -name '*.rlib' \\) -delete",
  }),
  tests: () => ({
    text: SAME_STEP,
    command:
      "RUN … && find / -xdev -type d \\( -name tests -o -name test -o -name __tests__ \\) -path '*-packages/*' -prune -exec rm -rf {} +",
  }),
  unreached: (has) => {
    if (has("nix")) return { text: "Collect the garbage:", command: "nix-collect-garbage" };
    if (has("guix")) return { text: "Collect the garbage:", command: "guix gc" };
    if (has("deb")) return { text: SAME_STEP, command: "RUN … && apt-get autoremove --purge -y" };
    if (has("npm")) return { text: SAME_STEP, command: "RUN … && npm prune --omit=dev" };
    return { text: "Remove them with their package manager, in the step that installs them." };
  },
  versions: (has) => {
    if (has("npm")) return { text: "Use one version where the declared ranges allow it:", command: "npm dedupe" };
    return { text: "Update what needs the other versions, so that all need one." };
  },
  ecosystems: () => ({
    text: "Install each from one of them only: purge the distribution's package, or leave it out of package.json and let Node.js find the distribution's with NODE_PATH=/usr/share/nodejs.",
    command: "RUN … && apt-get purge -y node-NAME",
  }),
  unneeded: (has) => {
    if (has("nix") || has("guix")) return { text: "Build a closure of what has to run, and of nothing else." };
    if (!has("deb")) return { text: "Build an image of what has to run and what it needs, and of nothing else." };
    return {
      text: "Build an image of what has to run and what it needs, and of nothing else. No package says that it needs an essential one: choose base-files too, and a shell if anything runs scripts.",
      command: "RUN … && mmdebstrap --variant=custom --include=PACKAGES SUITE /rootfs\nCOPY --from=BUILD /rootfs /",
    };
  },
  duplicates: (has) => {
    if (has("nix")) return { text: "Hard-link equal files in the store:", command: "nix-store --optimise" };
    if (has("guix")) return { text: "Hard-link equal files in the store:", command: "guix gc --optimize" };
    return {
      text: "Link them in the step that writes them: hard links within one layer, symbolic links across layers.",
      command: "RUN … && jdupes --recurse --link-hard DIRECTORY",
    };
  },
  orderPenalty: () => ({
    text: "Build these images on one base, and put the steps they share first, in the same order. `stratigraph savings` lists the layers.",
  }),
};

import type { FuzzTarget } from "./fuzz-target.ts";
import { BUILD_TARGETS } from "./targets/builds.ts";
import { CHISEL_TARGETS } from "./targets/chisel.ts";
import { COMPOSER_TARGETS } from "./targets/composer.ts";
import { DOTNET_TARGETS } from "./targets/dotnet.ts";
import { GEM_TARGETS } from "./targets/gems.ts";
import { IMAGE_TARGETS } from "./targets/images.ts";
import { JAVA_TARGETS } from "./targets/java.ts";
import { MERGE_TARGETS } from "./targets/merges.ts";
import { METADATA_TARGETS } from "./targets/metadata.ts";
import { PACKAGE_TARGETS } from "./targets/packages.ts";
import { PACMAN_TARGETS } from "./targets/pacman.ts";
import { PROGRAM_TARGETS } from "./targets/programs.ts";
import { PYTHON_TARGETS } from "./targets/python.ts";
import { REMOTE_TARGETS } from "./targets/remote.ts";
import { RPM_TARGETS } from "./targets/rpm.ts";
import { SBOM_TARGETS } from "./targets/sboms.ts";
import { STORE_REFERENCE_TARGETS } from "./targets/store-references.ts";
import { STORE_TARGETS } from "./targets/stores.ts";
import { STREAM_TARGETS } from "./targets/streams.ts";
import { TAR_TARGETS } from "./targets/tar.ts";
import { TEXT_TARGETS } from "./targets/text.ts";

/** Every entry point, one row each. `targets.test.ts` fails if a parser has none. */
export const TARGETS: readonly FuzzTarget[] = [
  ...TAR_TARGETS,
  ...STREAM_TARGETS,
  ...METADATA_TARGETS,
  ...IMAGE_TARGETS,
  ...PACKAGE_TARGETS,
  ...RPM_TARGETS,
  ...PACMAN_TARGETS,
  ...MERGE_TARGETS,
  ...PYTHON_TARGETS,
  ...GEM_TARGETS,
  ...COMPOSER_TARGETS,
  ...CHISEL_TARGETS,
  ...JAVA_TARGETS,
  ...DOTNET_TARGETS,
  ...STORE_TARGETS,
  ...STORE_REFERENCE_TARGETS,
  ...TEXT_TARGETS,
  ...REMOTE_TARGETS,
  ...SBOM_TARGETS,
  ...PROGRAM_TARGETS,
  ...BUILD_TARGETS,
];

/**
 * SBOMs written by hand in the way that real tools write them, one per version of the format. The shared data has SPDX documents
 * of Claircore, but no CycloneDX and no SPDX 3.
 */

/** CycloneDX 1.4 in the way of cyclonedx-npm: `NAME@VERSION` and paths as references, a purl with the repository it came from. */
export const CYCLONEDX_1_4 = {
  $schema: "http://cyclonedx.org/schema/bom-1.4.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.4",
  version: 1,
  serialNumber: "urn:uuid:cc4a4ba3-9b0f-4dc3-bd7a-0f0f4eb06ba1",
  metadata: {
    timestamp: "2023-03-01T10:00:00.000Z",
    tools: [{ vendor: "@cyclonedx", name: "cyclonedx-npm", version: "1.9.2" }],
    component: {
      type: "application",
      name: "shop",
      version: "2.0.0",
      "bom-ref": "shop@2.0.0",
      purl: "pkg:npm/shop@2.0.0",
    },
  },
  components: [
    {
      type: "library",
      name: "core",
      group: "@babel",
      version: "7.22.0",
      "bom-ref": "shop@2.0.0|@babel/core@7.22.0",
      purl: "pkg:npm/%40babel/core@7.22.0?vcs_url=git%2Bhttps%3A//github.com/babel/babel.git",
      scope: "optional",
    },
    {
      type: "library",
      name: "semver",
      version: "6.3.0",
      "bom-ref": "shop@2.0.0|@babel/core@7.22.0|semver@6.3.0",
      purl: "pkg:npm/semver@6.3.0",
    },
    {
      type: "library",
      name: "semver",
      version: "7.5.0",
      "bom-ref": "shop@2.0.0|semver@7.5.0",
      purl: "pkg:npm/semver@7.5.0",
    },
  ],
  dependencies: [
    { ref: "shop@2.0.0", dependsOn: ["shop@2.0.0|@babel/core@7.22.0", "shop@2.0.0|semver@7.5.0"] },
    { ref: "shop@2.0.0|@babel/core@7.22.0", dependsOn: ["shop@2.0.0|@babel/core@7.22.0|semver@6.3.0"] },
    { ref: "shop@2.0.0|@babel/core@7.22.0|semver@6.3.0" },
    { ref: "shop@2.0.0|semver@7.5.0" },
  ],
};

/** CycloneDX 1.5 in the way of Trivy: an image with its operating system, and the point release in the purls. */
export const CYCLONEDX_1_5 = {
  $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  serialNumber: "urn:uuid:2be5773d-7cd3-4b4b-90a5-e165474ddace",
  version: 1,
  metadata: {
    timestamp: "2024-03-12T09:00:00+00:00",
    tools: { components: [{ type: "application", group: "aquasecurity", name: "trivy", version: "0.49.1" }] },
    component: {
      "bom-ref": "pkg:oci/debian@sha256:4482958b4461ff7d9fabc24b3a9ab1e9a2c85ece07b2db1840c7cbc01d053e90?arch=amd64",
      type: "container",
      name: "debian:12",
      purl: "pkg:oci/debian@sha256:4482958b4461ff7d9fabc24b3a9ab1e9a2c85ece07b2db1840c7cbc01d053e90?arch=amd64&repository_url=index.docker.io%2Flibrary%2Fdebian",
      properties: [{ name: "aquasecurity:trivy:SchemaVersion", value: "2" }],
    },
  },
  components: [
    { "bom-ref": "2a8e5e4c-3d1e-4c56-9c8b-9c5a0f9a1f00", type: "operating-system", name: "debian", version: "12.5" },
    {
      "bom-ref": "pkg:deb/debian/tar@1.34%2Bdfsg-1.2?arch=amd64&distro=debian-12.5",
      type: "library",
      name: "tar",
      version: "1.34+dfsg-1.2",
      purl: "pkg:deb/debian/tar@1.34%2Bdfsg-1.2?arch=amd64&distro=debian-12.5",
    },
    {
      "bom-ref": "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12.5",
      type: "library",
      name: "libc6",
      version: "2.36-9+deb12u4",
      purl: "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12.5",
    },
    {
      "bom-ref": "pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12.5",
      type: "library",
      name: "libgcc-s1",
      version: "12.2.0-14",
      purl: "pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12.5",
    },
  ],
  dependencies: [
    {
      ref: "pkg:oci/debian@sha256:4482958b4461ff7d9fabc24b3a9ab1e9a2c85ece07b2db1840c7cbc01d053e90?arch=amd64",
      dependsOn: ["2a8e5e4c-3d1e-4c56-9c8b-9c5a0f9a1f00"],
    },
    {
      ref: "2a8e5e4c-3d1e-4c56-9c8b-9c5a0f9a1f00",
      dependsOn: [
        "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12.5",
        "pkg:deb/debian/tar@1.34%2Bdfsg-1.2?arch=amd64&distro=debian-12.5",
      ],
    },
    {
      ref: "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12.5",
      dependsOn: ["pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12.5"],
    },
    {
      // As in Debian: the two need each other.
      ref: "pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12.5",
      dependsOn: ["pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12.5"],
    },
    {
      ref: "pkg:deb/debian/tar@1.34%2Bdfsg-1.2?arch=amd64&distro=debian-12.5",
      dependsOn: ["pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12.5"],
    },
  ],
};

/** CycloneDX 1.6 in the way of syft: nothing depends on the subject, files are components, references end in a package id. */
export const CYCLONEDX_1_6 = {
  $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  serialNumber: "urn:uuid:6d7d9f25-6f8f-4f6a-8a3f-8a3f6d7d9f25",
  version: 1,
  metadata: {
    timestamp: "2025-02-01T12:00:00Z",
    tools: { components: [{ type: "application", author: "anchore", name: "syft", version: "1.18.1" }] },
    component: { "bom-ref": "3f0a3c6bd0b5a3de", type: "container", name: "alpine", version: "3.20.1" },
  },
  components: [
    {
      "bom-ref": "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1&package-id=b1f4d4",
      type: "library",
      publisher: "Timo Teräs <timo.teras@iki.fi>",
      name: "musl",
      version: "1.2.5-r0",
      purl: "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1",
      properties: [{ name: "syft:package:type", value: "apk" }],
    },
    {
      "bom-ref":
        "pkg:apk/alpine/ssl_client@1.36.1-r29?arch=x86_64&distro=alpine-3.20.1&package-id=c7d2aa&upstream=busybox",
      type: "library",
      name: "ssl_client",
      version: "1.36.1-r29",
      purl: "pkg:apk/alpine/ssl_client@1.36.1-r29?arch=x86_64&distro=alpine-3.20.1&upstream=busybox",
    },
    { "bom-ref": "os:alpine@3.20.1", type: "operating-system", name: "alpine", version: "3.20.1" },
    { "bom-ref": "d1e5ff0a", type: "file", name: "/etc/apk/world", hashes: [] },
  ],
  dependencies: [
    {
      ref: "pkg:apk/alpine/ssl_client@1.36.1-r29?arch=x86_64&distro=alpine-3.20.1&package-id=c7d2aa&upstream=busybox",
      dependsOn: ["pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1&package-id=b1f4d4"],
    },
  ],
};

/** CycloneDX 1.7 without a subject: a component inside another, a service that one depends on, a provided specification. */
export const CYCLONEDX_1_7 = {
  $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.7",
  serialNumber: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
  version: 1,
  components: [
    {
      "bom-ref": "server",
      type: "application",
      name: "server",
      version: "1.0",
      components: [
        {
          "bom-ref": "server/serde",
          type: "library",
          name: "serde",
          version: "1.0.200",
          purl: "pkg:cargo/serde@1.0.200",
        },
        {
          "bom-ref": "server/plugin",
          type: "library",
          name: "plugin",
          components: [{ type: "library", name: "inner" }],
        },
      ],
    },
    { "bom-ref": "openssl", type: "library", name: "openssl", version: "3.4.0" },
  ],
  services: [{ "bom-ref": "mail", name: "mail", services: [{ "bom-ref": "mail/queue", name: "queue" }] }],
  dependencies: [
    { ref: "server", dependsOn: ["openssl", "mail", "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#other"] },
    { ref: "openssl", provides: ["sha-256"] },
  ],
};

/** SPDX 2.2 with every direction of a relationship. */
export const SPDX_2_2 = {
  spdxVersion: "SPDX-2.2",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "app-1.0",
  documentNamespace: "https://example.org/app-1.0",
  creationInfo: { creators: ["Tool: hand"], created: "2022-01-01T00:00:00Z" },
  documentDescribes: ["SPDXRef-app"],
  packages: [
    {
      SPDXID: "SPDXRef-app",
      name: "app",
      versionInfo: "1.0",
      downloadLocation: "NOASSERTION",
      hasFiles: ["SPDXRef-main"],
    },
    {
      SPDXID: "SPDXRef-zlib",
      name: "zlib",
      versionInfo: "1.3",
      downloadLocation: "NOASSERTION",
      externalRefs: [
        {
          referenceCategory: "SECURITY",
          referenceType: "cpe23Type",
          referenceLocator: "cpe:2.3:a:zlib:zlib:1.3:*:*:*:*:*:*:*",
        },
        {
          referenceCategory: "PACKAGE_MANAGER",
          referenceType: "http://spdx.org/rdf/references/purl",
          referenceLocator: "pkg:apk/alpine/zlib@1.3-r0?arch=x86_64&distro=alpine-3.19.4",
        },
      ],
    },
    { SPDXID: "SPDXRef-gcc", name: "gcc", versionInfo: "13", downloadLocation: "NONE" },
    { SPDXID: "SPDXRef-junit", name: "junit", versionInfo: "5", downloadLocation: "NONE" },
  ],
  files: [{ SPDXID: "SPDXRef-main", fileName: "./main" }],
  relationships: [
    { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-app" },
    { spdxElementId: "SPDXRef-app", relationshipType: "CONTAINS", relatedSpdxElement: "SPDXRef-main" },
    { spdxElementId: "SPDXRef-app", relationshipType: "STATIC_LINK", relatedSpdxElement: "SPDXRef-zlib" },
    { spdxElementId: "SPDXRef-gcc", relationshipType: "BUILD_DEPENDENCY_OF", relatedSpdxElement: "SPDXRef-zlib" },
    { spdxElementId: "SPDXRef-junit", relationshipType: "TEST_DEPENDENCY_OF", relatedSpdxElement: "SPDXRef-app" },
    { spdxElementId: "SPDXRef-app", relationshipType: "DEPENDS_ON", relatedSpdxElement: "NONE" },
    { spdxElementId: "SPDXRef-app", relationshipType: "DEPENDS_ON", relatedSpdxElement: "DocumentRef-other:SPDXRef-x" },
    { spdxElementId: "SPDXRef-app", relationshipType: "GENERATED_FROM", relatedSpdxElement: "SPDXRef-gcc" },
  ],
};

const SPDX_3 = "https://example.org/spdx";

/** SPDX 3.0 in the way of OpenEmbedded: a document whose root is an SBOM, whose root is the image. */
export const SPDX_3_0 = {
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    {
      type: "CreationInfo",
      "@id": "_:creation",
      specVersion: "3.0.1",
      created: "2025-06-01T00:00:00Z",
      createdBy: [`${SPDX_3}/oe`],
    },
    { type: "Organization", spdxId: `${SPDX_3}/oe`, creationInfo: "_:creation", name: "OpenEmbedded" },
    {
      type: "SpdxDocument",
      spdxId: `${SPDX_3}/document`,
      creationInfo: "_:creation",
      name: "core-image-minimal",
      import: [{ type: "ExternalMap", externalSpdxId: "https://example.org/other#package" }],
      rootElement: [`${SPDX_3}/sbom`],
    },
    { type: "software_Sbom", spdxId: `${SPDX_3}/sbom`, creationInfo: "_:creation", rootElement: [`${SPDX_3}/image`] },
    {
      type: "software_Package",
      spdxId: `${SPDX_3}/image`,
      name: "core-image-minimal",
      software_primaryPurpose: "container",
    },
    {
      type: "software_Package",
      spdxId: `${SPDX_3}/busybox`,
      name: "busybox",
      software_packageVersion: "1.36.1",
      externalIdentifier: [
        {
          type: "ExternalIdentifier",
          externalIdentifierType: "cpe23",
          identifier: "cpe:2.3:a:busybox:busybox:1.36.1:*:*:*:*:*:*:*",
        },
        { type: "ExternalIdentifier", externalIdentifierType: "packageUrl", identifier: "pkg:generic/busybox@1.36.1" },
      ],
    },
    {
      type: "software_Package",
      spdxId: `${SPDX_3}/musl`,
      name: "musl",
      software_packageVersion: "1.2.5",
      software_packageUrl: "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3",
    },
    { type: "software_File", spdxId: `${SPDX_3}/file`, name: "bin/busybox" },
    {
      type: "Relationship",
      spdxId: `${SPDX_3}/r1`,
      from: `${SPDX_3}/image`,
      relationshipType: "contains",
      to: [`${SPDX_3}/busybox`, `${SPDX_3}/file`],
    },
    {
      type: "LifecycleScopedRelationship",
      spdxId: `${SPDX_3}/r2`,
      from: `${SPDX_3}/busybox`,
      relationshipType: "dependsOn",
      scope: "runtime",
      to: [`${SPDX_3}/musl`],
    },
    {
      type: "Relationship",
      spdxId: `${SPDX_3}/r3`,
      from: `${SPDX_3}/musl`,
      relationshipType: "dependsOn",
      to: ["NoneElement"],
    },
    {
      type: "Relationship",
      spdxId: `${SPDX_3}/r4`,
      from: `${SPDX_3}/musl`,
      relationshipType: "hasDeclaredLicense",
      to: [`${SPDX_3}/mit`],
    },
    { type: "simplelicensing_LicenseExpression", spdxId: `${SPDX_3}/mit`, simplelicensing_licenseExpression: "MIT" },
  ],
};

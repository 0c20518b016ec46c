-- CreateTable
CREATE TABLE "sbom" (
    "artifact_id" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "spec_version" TEXT NOT NULL,
    "document_name" TEXT NOT NULL,
    "file_count" INTEGER NOT NULL,

    CONSTRAINT "sbom_pkey" PRIMARY KEY ("artifact_id")
);

-- AddForeignKey
ALTER TABLE "sbom" ADD CONSTRAINT "sbom_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

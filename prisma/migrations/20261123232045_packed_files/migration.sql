-- CreateTable
CREATE TABLE "packed_files" (
    "artifact_id" INTEGER NOT NULL,
    "engine_version" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,
    "owner" BYTEA NOT NULL,
    "byte_count" BYTEA NOT NULL,
    "content_id" BYTEA NOT NULL,
    "place" BYTEA NOT NULL,
    "link_entry" BYTEA NOT NULL,
    "link_body" BYTEA NOT NULL,

    CONSTRAINT "packed_files_pkey" PRIMARY KEY ("artifact_id")
);

-- AddForeignKey
ALTER TABLE "packed_files" ADD CONSTRAINT "packed_files_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

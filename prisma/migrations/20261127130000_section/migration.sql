-- CreateTable
CREATE TABLE "packed_section" (
    "artifact_id" INTEGER NOT NULL,
    "node_at" BYTEA NOT NULL,
    "end_of" BYTEA NOT NULL,
    "reach" BYTEA NOT NULL,
    "self_size" BYTEA NOT NULL,
    "strata" BYTEA NOT NULL,
    "start_count" INTEGER NOT NULL,
    "above" BYTEA NOT NULL,
    "wide" BYTEA NOT NULL,
    "tall" BYTEA NOT NULL,

    CONSTRAINT "packed_section_pkey" PRIMARY KEY ("artifact_id")
);

-- AddForeignKey
ALTER TABLE "packed_section" ADD CONSTRAINT "packed_section_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

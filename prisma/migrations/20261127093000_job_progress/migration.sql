-- CreateTable
CREATE TABLE "job_progress" (
    "job_id" UUID NOT NULL,
    "progress" JSONB NOT NULL,

    CONSTRAINT "job_progress_pkey" PRIMARY KEY ("job_id")
);

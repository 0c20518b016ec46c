-- AlterTable: an image's own annotation or label may name its base without a digest.
ALTER TABLE "image_base_claim" ALTER COLUMN "digest" DROP NOT NULL;

/** The version of this product: what `--version` prints, and what exported files name as the tool that made them. */
export const PRODUCT_VERSION = "0.1.0";

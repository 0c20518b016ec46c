/** Version of the measuring code: the next command measures older graphs again. 2: retained sizes in cycles. */
export const ENGINE_VERSION = 2;

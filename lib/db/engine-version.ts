/** Version of the measuring code: the next command measures older graphs again. 2: retained sizes in cycles. 3: sections. */
export const ENGINE_VERSION = 3;

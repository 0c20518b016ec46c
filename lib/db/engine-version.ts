/** Version of what measures graphs: the next command measures again what a lower one measured. 2: retained sizes in cycles. */
export const ENGINE_VERSION = 2;

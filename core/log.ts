import { Logger } from "@aws-lambda-powertools/logger";

/**
 * The one logger: JSON lines, level by POWERTOOLS_LOG_LEVEL. Ids are logged; secrets, tokens, codes and e-mail
 * addresses never are.
 */
export const log = new Logger({ serviceName: "flash-sale" });

export type Warn = (message: string, details: Readonly<Record<string, unknown>>) => void;

/** What a use case is given to say what its caller's answer does not. */
export const warn: Warn = (message, details) => log.warn(message, { ...details });

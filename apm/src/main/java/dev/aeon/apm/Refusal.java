package dev.aeon.apm;

import dev.aeon.apm.schema.ErrorCode;

/**
 * Why a message is not accepted.
 *
 * @param code the catalog's code
 * @param reason for people; not empty
 */
public record Refusal(ErrorCode code, String reason) {}

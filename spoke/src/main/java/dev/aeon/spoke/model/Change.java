package dev.aeon.spoke.model;

import java.time.Instant;

/**
 * A publication as the change feed tells it.
 *
 * @param sequence from 1, without gaps, in the order in which versions became visible
 */
public record Change(
    long sequence, ModuleName module, Version version, SchemaDigest digest, Instant createdAt) {}

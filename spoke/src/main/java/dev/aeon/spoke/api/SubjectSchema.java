package dev.aeon.spoke.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema in the words of Confluent's registry; what a request leaves out is null. */
public record SubjectSchema(
    @Nullable String subject,
    @Nullable Integer version,
    @Nullable Long id,
    @Nullable String schemaType,
    @Nullable List<Reference> references,
    @Nullable String schema) {
  /** A schema that this one imports by {@code name}. */
  public record Reference(String name, String subject, int version) {}
}

package dev.aeon.apm.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The protocol as JSON Schemas (draft 2020-12), for those who do not speak Java: one for whole
 * messages, one for each payload, one of common parts. They say what {@code Validator} says, but
 * for the two rules about hand-offs that compare fields with each other.
 */
public final class JsonSchemas {
  private static final List<String> NAMES =
      List.of(
          "message",
          "common",
          "task_assignment",
          "task_update",
          "state_sync",
          "error_report",
          "handoff_request",
          "ack",
          "nack");

  private JsonSchemas() {}

  /** The names of the schemas, that of whole messages first. */
  public static List<String> names() {
    return NAMES;
  }

  /** What a schema calls itself, and others call it: {@code urn:aeon:apm:1:message}. */
  public static String id(String name) {
    return "urn:aeon:apm:1:" + name;
  }

  /**
   * A schema's text.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  public static String read(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("no such schema: name=" + name + " names=" + NAMES);
    }
    String resource = "v1/" + name + ".schema.json";
    try (InputStream file = JsonSchemas.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("built without its schemas: resource=" + resource);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
